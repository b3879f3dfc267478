/**
 * The verbs that a card of ours can carry, `<feature>.<action>`. Every feature declares its own in a `verbs.ts` beside its
 * cards, as actions by feature:
 *
 *     declare module './verbs.ts' {
 *       interface Verbs {
 *         checklist: 'view' | 'tick';
 *       }
 *     }
 *
 * A button with a verb that nobody declared does not compile, and neither does a feature that leaves one of its verbs
 * unanswered. Old cards stay clickable for ever, so a verb is never given another meaning. `docs/cards.md` lists them with
 * inputs and rights; a test keeps it true.
 */
export interface Verbs {
  /** Nobody's own: every card may lead there. */
  help: 'show';
}

export type VerbOf<Feature extends keyof Verbs> = { [F in Feature]: `${F}.${Verbs[F]}` }[Feature];
export type Verb = VerbOf<keyof Verbs>;
