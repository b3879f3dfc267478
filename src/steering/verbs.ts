declare module '../cards/verbs.ts' {
  interface Verbs {
    agenda:
      | 'open'
      | 'decisions'
      | 'view'
      | 'itemForm'
      | 'saveItem'
      | 'accept'
      | 'decline'
      | 'remove'
      | 'restore'
      | 'move'
      | 'document'
      | 'send'
      | 'reply';
    sitting:
      | 'view'
      | 'beginForm'
      | 'begin'
      | 'attendForm'
      | 'attend'
      | 'chairForm'
      | 'chair'
      | 'discussForm'
      | 'discuss'
      | 'decideForm'
      | 'decide'
      | 'undecide'
      | 'counterForm'
      | 'counter'
      | 'ballotsForm'
      | 'ballots'
      | 'vote'
      | 'endVote'
      | 'withdrawVote'
      | 'recuseForm'
      | 'recuse'
      | 'dissentForm'
      | 'dissent'
      | 'assignForm'
      | 'assign'
      | 'unassign'
      | 'done'
      | 'close'
      | 'reopen';
    minutes:
      | 'open'
      | 'list'
      | 'view'
      | 'make'
      | 'sendForm'
      | 'send'
      | 'approve'
      | 'commentForm'
      | 'comment'
      | 'correctForm'
      | 'correct'
      | 'files';
  }
}

export {};
