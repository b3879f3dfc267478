import { expect } from 'chai';
import { parseCommand } from '../../../bot/commands/parse-command.ts';
import { readManifest, readTranslation } from './support.ts';

/** What the bot must understand at each place of the command menu. */
const meant = ['newReferral', 'listReferrals', 'team', 'language', 'help'];

/** The titles of each of the three menus (team, group chat, personal chat) in a language. */
async function readMenus(language: string): Promise<string[][]> {
  const { commandLists } = (await readManifest()).bots[0];
  if (language === 'sv') return commandLists.map((list) => list.commands.map(({ title }) => title));
  const translation = await readTranslation(language);
  return commandLists.map((list, menu) =>
    list.commands.map((_, index) => translation[`bots[0].commandLists[${menu}].commands[${index}].title`] ?? ''),
  );
}

describe('choosing from the command menu', () => {
  for (const language of ['sv', 'fi', 'en']) {
    it(`writes what the bot understands as the command it names (${language})`, async () => {
      for (const menu of await readMenus(language)) {
        expect(menu.map((title) => parseCommand(title).name)).to.deep.equal(meant);
      }
    });
  }
});
