declare module '../cards/verbs.ts' {
  interface Verbs {
    calendar: 'view' | 'renew' | 'revoke' | 'choose' | 'meeting';
  }
}

export {};
