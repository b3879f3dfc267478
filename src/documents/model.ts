import type { Language } from '../shared/language.ts';

/** What can be made into a file, whatever feature it is of: something to print, or a table to calculate with. */

/** To be read and printed on A4: `docx.ts` and `pdf.ts` write the same of it. */
export interface Paper {
  language: Language;
  title: string;
  sections: readonly Section[];
}

export type Section =
  /** `also`: the same heading in another language, below. */
  | ({ is: 'heading'; also?: Phrase } & Phrase)
  /** `large`: of a letter, which is read from the first word to the last; `strong`: says what comes below it. */
  | ({ is: 'paragraph'; large?: boolean; strong?: boolean } & Phrase)
  | {
      is: 'table';
      /** Stands above the rows on every page. */
      columns: readonly {
        title: string;
        /** Its part of the width, among the parts of all. */
        width: number;
        /** Of all that stands in it, where that is not the paper's. */
        language?: Language;
        /** The same title in another language, below. */
        also?: Phrase;
      }[];
      /** As many cells as there are columns. No row is divided between two pages, so each fits on one. */
      rows: readonly (readonly Cell[])[];
    };

/** What is read aloud in its language: where none is named, in that of what stands around it. */
export interface Phrase {
  text: string;
  language?: Language;
}

export interface Cell extends Phrase {
  /** The same in another language, below. */
  also?: Phrase;
  /** To be ticked, or ticked; `label` says so to those who do not see it. */
  box?: { ticked: boolean; label: string };
  /** Above the text, in smaller letters: what it is. */
  label?: string;
  /** Below the text, in smaller letters. */
  small?: string;
}

/** To be opened in a spreadsheet: `xlsx.ts` and `csv.ts` write the same of it. */
export interface Sheet {
  language: Language;
  title: string;
  columns: readonly { title: string /** In letters. */; width: number }[];
  /** As many values as there are columns. */
  rows: readonly (readonly Value[])[];
}

/** Text is never anything else, whatever it looks like. */
export type Value = string | number | CalendarDate | null;

export interface CalendarDate {
  /** ISO 8601. */
  date: string;
}

/** For what is read and printed. */
export const paperFormats = ['docx', 'pdf'] as const;
export type PaperFormat = (typeof paperFormats)[number];
export const formats = [...paperFormats, 'xlsx', 'csv'] as const;
export type Format = (typeof formats)[number];

/** What a file is to be made of. Plain data, since it is made apart from everything else (`bot/file-worker.ts`). */
export type Draft = { format: PaperFormat; paper: Paper } | { format: 'xlsx' | 'csv'; sheet: Sheet };
