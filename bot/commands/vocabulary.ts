import type { Language } from '../../src/shared/language.ts';

/**
 * Everything that people may write to the bot, in one table. A command is a set of concepts, whatever their order and
 * language; `parse-command.ts` says which sets are commands. Words are written as people spell them; accents, case and
 * small typos are forgiven when they are compared. A test holds that no word is within a typo of another concept's.
 */
export const concepts = [
  'create',
  'referral',
  'case',
  'open',
  'mine',
  'waiting',
  'help',
  'team',
  'language',
  'swedish',
  'finnish',
  'english',
  'actAs',
] as const;
export type Concept = (typeof concepts)[number];

type Words = Readonly<Record<Language, string>>;

export const vocabulary: Readonly<Record<Concept, Words>> = {
  create: {
    sv: 'ny nytt skapa registrera lägg gör',
    fi: 'uusi uuden luo tee lisää kirjaa',
    en: 'new create add make',
  },
  referral: {
    sv: 'hänvisning hänvisningen hänvisningar hänvisningarna',
    fi: 'ohjaus ohjauksen ohjausta ohjaukset ohjauksia',
    en: 'referral referrals',
  },
  /** Says "referral" only beside a reference or another word: alone it could mean anything. */
  case: {
    sv: 'ärende ärendet ärenden ärendena status',
    fi: 'asia asian asiaa asiat tapaus tapaukset tila',
    en: 'case cases',
  },
  open: { sv: 'öppen öppet öppna', fi: 'avoin avoimet avoimia', en: 'open' },
  mine: { sv: 'min mitt mina egna', fi: 'oma omat omani omia minun', en: 'my mine own' },
  waiting: { sv: 'väntar väntande väntat', fi: 'odottaa odottavat odottavia', en: 'waiting waits wait pending' },
  help: {
    sv: 'hjälp hjälpa meny kommandon',
    fi: 'apua apu auta ohje ohjeet ohjeita valikko komennot',
    en: 'help menu commands',
  },
  team: {
    sv: 'team teamet medlemmar medlemmarna',
    fi: 'tiimi tiimin tiimini jäsenet jäseniä',
    en: 'team members',
  },
  language: { sv: 'språk språket', fi: 'kieli kieltä kielen kieleksi', en: 'language' },
  swedish: { sv: 'svenska', fi: 'ruotsi ruotsia ruotsiksi', en: 'swedish' },
  finnish: { sv: 'finska', fi: 'suomi suomea suomeksi', en: 'finnish' },
  english: { sv: 'engelska', fi: 'englanti englantia englanniksi', en: 'english' },
  actAs: { sv: 'agera', fi: 'toimi', en: 'act' },
};

/** Understood only beside a word for `language`: elsewhere `en` is the Swedish article. */
export const languageCodes: Readonly<Record<string, Concept>> = { sv: 'swedish', fi: 'finnish', en: 'english' };

/** Politeness and the bot's own name: mean nothing, at either end of any command. */
export const courtesies: Words = {
  sv: 'snälla tack vänligen hej hejsan ankar ankarbot',
  fi: 'kiitos kiitti ole hyvä moi hei terve',
  en: 'please thanks thank hello hi',
};

/** Words around a command that change nothing in it. No typos here: a short word could be somebody's name. */
export const functionWords: Words = {
  sv: 'visa lista se ge kan kunde du ni jag vill ha skulle vilja mig oss på till för en ett de det den alla byt ändra välj prata tala vad vilka som är',
  fi: 'näytä listaa voisitko voitko haluan haluaisin saanko minulle meille kaikki nyt vaihda muuta valitse puhu mitä mitkä on ovat',
  en: 'show list see view get give can could you i want would like to me us the a an all in of for change set switch use speak now what which are is',
};

/** Between {@link Concept} `actAs` and the name. */
export const actAsLinks: readonly string[] = ['som', 'kuin', 'as'];
/** In place of a name: to be oneself again. */
export const oneself: readonly string[] = ['mig själv', 'mig', 'jag', 'itse', 'itseni', 'minä', 'myself', 'me'];

export type CommandName = 'newReferral' | 'listReferrals' | 'showReferral' | 'help' | 'team' | 'language' | 'actAs';

/** One phrase for each command, for the help, the manifest and suggestions. Each is understood as that command. */
export const commandExamples: Readonly<Record<CommandName, Words>> = {
  newReferral: { sv: 'ny hänvisning', fi: 'uusi ohjaus', en: 'new referral' },
  listReferrals: { sv: 'mina hänvisningar', fi: 'omat ohjaukset', en: 'my referrals' },
  showReferral: { sv: 'hänvisning LOJ-2026-0001', fi: 'ohjaus LOJ-2026-0001', en: 'referral LOJ-2026-0001' },
  help: { sv: 'hjälp', fi: 'ohje', en: 'help' },
  team: { sv: 'teamet', fi: 'tiimi', en: 'team' },
  language: { sv: 'språk svenska', fi: 'kieli suomi', en: 'language English' },
  actAs: { sv: 'agera som Anna', fi: 'toimi kuin Anna', en: 'act as Anna' },
};
