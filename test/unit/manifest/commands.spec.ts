import { expect } from 'chai';
import { createParser } from '../../../bot/commands/parse-command.ts';
import { featuresOf } from '../../support/features.ts';
import { readManifest, readTranslation } from './support.ts';

/** What the bot must understand at each place of the command menu. */
const meant = ['referral.form', 'referral.list', 'team.view', 'language.choose', 'help.show'];
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

describe('a message action', () => {
  it('has a dialog of some feature, and every dialog is one of the manifest', async () => {
    const { composeExtensions } = await readManifest();
    const declared = composeExtensions.flatMap((extension) => extension.commands.map(({ id }) => id));
    expect([...dialogs.keys()].sort()).to.deep.equal(declared.sort());
  });
});
