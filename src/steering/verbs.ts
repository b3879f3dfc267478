declare module '../cards/verbs.ts' {
  interface Verbs {
    agenda:
      | 'open'
      | 'view'
      | 'itemForm'
      | 'saveItem'
      | 'accept'
      | 'decline'
      | 'remove'
      | 'restore'
      | 'move'
      | 'send'
      | 'reply';
  }
}

export {};
