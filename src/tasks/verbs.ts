declare module '../cards/verbs.ts' {
  interface Verbs {
    task: 'list';
  }
}

export {};
