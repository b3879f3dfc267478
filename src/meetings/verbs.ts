declare module '../cards/verbs.ts' {
  interface Verbs {
    meeting:
      | 'form'
      | 'plan'
      | 'leave'
      | 'list'
      | 'view'
      | 'reply'
      | 'vote'
      | 'pick'
      | 'timesForm'
      | 'addTimes'
      | 'changeTime'
      | 'removeTime'
      | 'extend'
      | 'confirm'
      | 'changeForm'
      | 'change'
      | 'cancelForm'
      | 'cancel'
      | 'recordForm'
      | 'record';
  }
}

export {};
