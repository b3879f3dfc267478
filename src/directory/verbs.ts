declare module '../cards/verbs.ts' {
  interface Verbs {
    team: 'view' | 'memberForm' | 'setMember' | 'removeMember';
  }
}

export {};
