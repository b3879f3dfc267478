import type { Card, CardMessage } from '../../src/cards/elements.ts';
import type { Offer, Reader } from '../../src/conversations/card.ts';
import { AppError } from '../../src/shared/errors.ts';
import type { Texts } from '../../src/shared/text.ts';
import type { Command } from './command.ts';
import { type Press, requireKnown, type VerbDefinition, type VerbTable } from './verb.ts';

/**
 * What a feature adds to the edge. Its handler file makes one, `features.ts` lists it, and everything that is asked for by
 * a name (a verb, a command's words, a dialog) is found in the merged tables: nothing else at the edge knows a feature.
 */
export interface Feature {
  verbs: VerbTable;
  /** In the order in which they take a text, and in which one of several that are equally near is suggested. */
  commands?: readonly Command[];
  /** The forms that message actions open, by the `commandId` that `manifest/manifest.json` gives them. */
  dialogs?: Readonly<Record<string, Dialog>>;
  /** What it answers to files that somebody sends; null when they are nothing to it from them. Errors: those of the feature. */
  received?: (press: Press, files: readonly ReceivedFile[]) => Promise<Card | null>;
  /** What the greeting and `hjälp` show of it to that reader. */
  offer?: (texts: Texts, reader: Reader) => Partial<Offer>;
}

/** A dialog of Teams: a form that stands over the chat. */
export interface Dialog {
  /** `message` is the text of the message that the action was chosen on, empty when there is none. */
  open(press: Press, message: string): Promise<DialogCard>;
  /** What was typed, unread as yet. Errors: `badInput`, and those of the feature. */
  submit(press: Press, data: unknown): Promise<DialogCard>;
}

/** A file that was sent to the bot, which has not read it. Its name is not kept: it may name somebody. */
export interface ReceivedFile {
  /** Where it is read, for a while, by whoever has the address. */
  address: string;
  /** Where its readers open it. */
  link: string;
}

export interface DialogCard {
  title: string;
  card: Card;
}

/** The features as one. The maps are asked with names that come from outside. */
export interface Features {
  verbs: ReadonlyMap<string, VerbDefinition>;
  commands: readonly Command[];
  dialogs: ReadonlyMap<string, Dialog>;
  /** Errors: `directory.notAMember`, `file.notWanted`, and those of the feature that takes them. */
  received(press: Press, files: readonly ReceivedFile[]): Promise<CardMessage>;
  offer(texts: Texts, reader: Reader): Offer;
}

/** Throws when two features answer to one name. */
export function mergeFeatures(features: readonly Feature[]): Features {
  return {
    verbs: merged(features.map(({ verbs }) => verbs)),
    commands: features.flatMap(({ commands = [] }) => commands),
    dialogs: merged(features.map(({ dialogs = {} }) => dialogs)),
    async received(press, files) {
      requireKnown(press.actor);
      for (const { received } of features) {
        const card = await received?.(press, files);
        if (card) return { card, summary: card.speak ?? '' };
      }
      throw new AppError('file.notWanted');
    },
    offer(texts, reader) {
      const offers = features.flatMap(({ offer }) => offer?.(texts, reader) ?? []);
      return {
        buttons: offers.flatMap(({ buttons = [] }) => buttons),
        notes: offers.flatMap(({ notes = [] }) => notes),
        mention: offers.find(({ mention }) => mention)?.mention ?? null,
      };
    },
  };
}

function merged<Part>(tables: readonly Readonly<Record<string, Part>>[]): ReadonlyMap<string, Part> {
  const all = new Map<string, Part>();
  for (const [name, part] of tables.flatMap((table) => Object.entries(table))) {
    if (all.has(name)) throw new Error(`Two features answer to "${name}".`);
    all.set(name, part);
  }
  return all;
}
