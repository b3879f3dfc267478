import type { z } from 'zod';
import type { Card, CardElement } from '../../src/cards/elements.ts';
import { type Form, type FormValues, filledForm, type Limits } from '../../src/cards/form.ts';
import type { Parsed } from '../../src/shared/input.ts';
import type { ItemStep } from '../../src/steering/meeting/form.ts';
import type { Meeting } from '../../src/steering/meeting/record-card.ts';
import type { RecordPress, Written } from '../../src/steering/model.ts';
import { againWith, type BesideText } from '../../src/steering/newer-card.ts';
import { isElsewhere } from '../../src/steering/written.ts';
import { typed } from './agenda-pages.ts';
import { type Carried, carried, type ItemContext, ofItem, type SittingPages } from './sitting-pages.ts';
import { type Press, type VerbDefinition, verb } from './verb.ts';

/** A form about one item, from its opening to its end. */
export interface ItemFormOf<Value> {
  audience: VerbDefinition['audience'];
  /** What opens it carries, and what it carries itself. */
  opensWith?: readonly (keyof typeof carried)[];
  carries?: readonly (keyof typeof carried)[];
  /** Its fields, each with the most letters of what comes in from it. */
  fields: Readonly<Record<string, number>>;
  limits: Limits;
  /** Refusals that are about one of its fields. */
  fieldOf?: Readonly<Record<string, string>>;
  /** A member’s own; else it is for who keeps the record. */
  isOwn?(carried: Carried): boolean;
  /** Throws what keeps its reader from sending it, so that it does not open; what was typed already is never taken so. */
  allow?(step: ItemStep, context: ItemContext): void;
  /** What stands in it, and what it carries along. */
  begun?(step: ItemStep, context: ItemContext): { values?: Record<string, string>; more?: Carried };
  /** What stands there now, where somebody else may have been first; `context` as it is begun anew. */
  newer?(step: ItemStep, context: ItemContext): CardElement[];
  /** What stands there now of what is written in it; absent where what is sent takes the place of it in every language. */
  stands?(step: ItemStep, context: ItemContext): Written | undefined;
  /** What is said where that is written in other languages alone. */
  beside?(step: ItemStep, context: ItemContext, form: Form): BesideText;
  draw(step: ItemStep, form: Form, context: ItemContext): Card;
  parse(values: FormValues, context: ItemContext): Parsed<Value>;
  toPress(value: Value, context: ItemContext): RecordPress;
  /** What is shown once it is done; the meeting where nothing is said. */
  after?(context: ItemContext): Promise<Card>;
}

type Given = z.infer<typeof ofItem> & Carried;

/** The input of a verb whose button carries these; `inputs` have names that only its form knows. */
export function itemWith(names: readonly (keyof Carried)[], inputs: z.core.$ZodLooseShape = {}): z.ZodType<Given> {
  const carries = Object.fromEntries(names.map((name) => [name, carried[name]]));
  return ofItem.extend({ ...carries, ...inputs }) as unknown as z.ZodType<Given>;
}

/** The verb that opens a form, and the one that it is sent in with. */
export function createItemForm({ opened, sentIn, stepOf }: SittingPages) {
  return <Value>(of: ItemFormOf<Value>): { open: VerbDefinition; send: VerbDefinition } => {
    const { audience, opensWith = [], carries = [], fields, after } = of;
    const inputs = Object.fromEntries(Object.entries(fields).map(([name, letters]) => [name, typed(letters)]));
    const contextOf = (press: Press, given: Given, names: readonly string[]): ItemContext => {
      const { body, sitting, placement, item, ...rest } = given;
      const own: Carried = Object.fromEntries(Object.entries(rest).filter(([name]) => names.includes(name)));
      return { press, data: { body, sitting, ...(placement && { placement }) }, item, carried: own };
    };
    /** How it begins as the meeting stands. */
    const begin = (context: ItemContext, meeting: Meeting) => {
      const { values = {}, more = {} } = of.begun?.(stepOf(context, meeting, {}), context) ?? {};
      return { values, step: stepOf(context, meeting, more), own: { ...context, carried: more } };
    };
    /** Begun anew by what opens it, with all that was typed: whoever presses again has seen what stands there now. */
    const overtaken = (context: ItemContext, meeting: Meeting, form: Form): Card => {
      const known = Object.entries({ action: context.carried.newId, ...context.carried });
      const carries: Carried = Object.fromEntries(known.filter(([name]) => opensWith.some((one) => one === name)));
      const { step, own } = begin({ ...context, carried: carries }, meeting);
      const isBeside = isElsewhere(of.stands?.(step, own) ?? {}, step.scene.texts.language);
      const beside = isBeside ? (of.beside?.(step, own, form) ?? 'errors.form.beside') : null;
      const again = againWith(form, of.newer?.(step, own) ?? [], beside, step.scene);
      return of.draw(step, again, own);
    };
    return {
      open: verb({
        input: itemWith(opensWith),
        audience,
        run(press, given) {
          const context = contextOf(press, given, opensWith);
          const own = of.isOwn?.(context.carried) ?? false;
          const draw = (meeting: Meeting): Card => {
            of.allow?.(stepOf(context, meeting, {}), context);
            const { values, step, own: begun } = begin(context, meeting);
            return of.draw(step, filledForm(values), begun);
          };
          return opened(press, context.data, draw, { own, item: context.item });
        },
      }),
      send: verb({
        input: itemWith(carries, inputs),
        audience,
        run(press, given) {
          const context = contextOf(press, given, carries);
          const filled = Object.entries(given).flatMap(([name, value]) =>
            name in fields && typeof value === 'string' ? [[name, value] as const] : [],
          );
          return sentIn(press, context.data, Object.fromEntries(filled), {
            limits: of.limits,
            ...(of.fieldOf && { fieldOf: of.fieldOf }),
            isOwn: of.isOwn?.(context.carried) ?? false,
            item: context.item,
            draw: (meeting, form, _, isOvertaken) =>
              isOvertaken && of.newer
                ? overtaken(context, meeting, form)
                : of.draw(stepOf(context, meeting, context.carried), form, context),
            parse: (values) => of.parse(values, context),
            toPress: (value) => of.toPress(value, context),
            ...(after && { after: () => after(context) }),
          });
        },
      }),
    };
  };
}

/** What is written, in the language of whoever writes it. */
export const saidIn = ({ press: { texts } }: ItemContext, text: string) => ({ language: texts.language, text });

/** Refusals of when it is dealt with. */
export const ofTurn = { 'sitting.passedBy': 'turn', 'sitting.otherPlace': 'turn' } as const;
