declare module '../cards/verbs.ts' {
  interface Verbs {
    meeting:
      | 'form'
      | 'plan'
      | 'leave'
      | 'list'
      | 'cadence'
      | 'findTime'
      | 'putOff'
      | 'view'
      | 'reply'
      | 'letter'
      | 'voteForm'
      | 'vote'
      | 'pick'
      | 'timesForm'
      | 'addTimes'
      | 'changeTime'
      | 'removeTime'
      | 'extendForm'
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
