declare module '../cards/verbs.ts' {
  interface Verbs {
    team: 'view' | 'memberForm' | 'setMember' | 'removeMember';
    seat: 'list' | 'view' | 'form' | 'set' | 'end' | 'officeForm' | 'setOffices';
  }
}

export {};
