declare module '../cards/verbs.ts' {
  interface Verbs {
    chat: 'bind' | 'welcome';
    language: 'choose' | 'set';
  }
}

export {};
