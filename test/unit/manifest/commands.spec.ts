import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { createParser } from '../../../bot/commands/parse-command.ts';
import { inPrivate } from '../../../src/conversations/card.ts';
import { languages } from '../../../src/shared/language.ts';
import { textsFor } from '../../../src/shared/text.ts';
import { featuresOf } from '../../support/features.ts';
import { readManifest, readTranslation } from './support.ts';

/** What the bot must understand at each place of the command menu. */
const meant = [
  'referral.form',
  'referral.list',
  'meeting.form',
  'meeting.list',
  'checklist.list',
  'task.list',
  'meeting.cadence',
  'checklist.overview',
  'team.view',
  'help.show',
];
const { commands, dialogs } = featuresOf('production');
const read = createParser(commands);

/** The titles of each of the three menus (team, group chat, personal chat) in a language. */
async function readMenus(language: string): Promise<string[][]> {
  const { commandLists } = (await readManifest()).bots[0];
  if (language === 'sv') return commandLists.map((list) => list.commands.map(({ title }) => title));
  const translation = await readTranslation(language);
  return commandLists.map((list, menu) =>
    list.commands.map((_, index) => translation[`bots[0].commandLists[${menu}].commands[${index}].title`] ?? ''),
  );
}

const verbsOf = (menu: readonly string[]): (string | null)[] =>
  menu.map((title) => {
    const reading = read(title);
    return reading.kind === 'command' ? reading.meant.verb : null;
  });

describe('choosing from the command menu', () => {
  for (const language of ['sv', 'fi', 'en']) {
    it(`writes what the bot understands as the command it names (${language})`, async () => {
      for (const menu of await readMenus(language)) {
        expect(verbsOf(menu)).to.deep.equal(meant);
      }
    });
  }
});

describe('the name by which the bot is mentioned', () => {
  it('is the one that Teams shows in the reader’s language; in local mode the one that the Playground shows', async () => {
    const shown = {
      sv: (await readManifest()).name.short,
      fi: (await readTranslation('fi'))['name.short'],
      en: (await readTranslation('en'))['name.short'],
    };
    const playground = /^bot:\n.*\n {2}name: (.+)$/m.exec(await readFile('.m365agentsplayground.yml', 'utf8'))?.[1];
    for (const language of languages) {
      const texts = textsFor(language);
      expect(texts('welcome.mention')).to.equal(`@${shown[language]}`);
      expect(featuresOf('production').offer(texts, inPrivate(null, null)).mention).to.equal(null);
      expect(featuresOf('local').offer(texts, inPrivate(null, null)).mention).to.equal(`@${playground}`);
    }
  });
});

describe('a message action', () => {
  it('has a dialog of some feature, and every dialog is one of the manifest', async () => {
    const { composeExtensions } = await readManifest();
    const declared = composeExtensions.flatMap((extension) => extension.commands.map(({ id }) => id));
    expect([...dialogs.keys()].sort()).to.deep.equal(declared.sort());
  });
});
