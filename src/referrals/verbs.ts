declare module '../cards/verbs.ts' {
  interface Verbs {
    referral:
      | 'form'
      | 'submit'
      | 'cancel'
      | 'list'
      | 'view'
      | 'bring'
      | 'claim'
      | 'release'
      | 'assignForm'
      | 'assign'
      | 'askForm'
      | 'ask'
      | 'assessForm'
      | 'assess'
      | 'meetingForm'
      | 'details'
      | 'decisionForm'
      | 'decide'
      | 'reopen';
  }
}

export {};
