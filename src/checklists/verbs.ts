declare module '../cards/verbs.ts' {
  interface Verbs {
    checklist:
      | 'list'
      | 'start'
      | 'bring'
      | 'view'
      | 'item'
      | 'take'
      | 'giveBack'
      | 'done'
      | 'approve'
      | 'sendBack'
      | 'undo'
      | 'assignForm'
      | 'assign'
      | 'dueForm'
      | 'setDue'
      | 'linkForm'
      | 'link'
      | 'noteForm'
      | 'note'
      | 'reasonForm'
      | 'notApplicable'
      | 'overview';
  }
}

export {};
