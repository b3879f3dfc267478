import { expect } from 'chai';
import { type Texts, textsFor } from '../../src/shared/text.ts';
import { startTestApp } from '../support/app.ts';
import { production, startIssuer } from '../support/issuer.ts';
import { startLoginDouble } from '../support/login-double.ts';
import { handInByForm, pressOn, shown } from '../support/seed.ts';
import { textOf } from '../support/teams/cards.ts';
import type { TeamsUser } from '../support/teams/world.ts';

const [sv, fi] = [textsFor('sv'), textsFor('fi')];

/** Where the bot is not local, for there the locale tells nothing. */
describe('what the bot tells somebody in private', () => {
  let issuer: Awaited<ReturnType<typeof startIssuer>>;
  let login: Awaited<ReturnType<typeof startLoginDouble>>;
  let app: Awaited<ReturnType<typeof startTestApp>>;
  let niina: TeamsUser;

  before(async () => {
    [issuer, login] = await Promise.all([startIssuer(), startLoginDouble()]);
    app = await startTestApp({ environment: { ...production, ...issuer.environment } });
    const { serviceUrl } = app.teams;
    app.teams.connectTo(`${app.url}/api/messages`, {
      headers: async () => ({ authorization: `Bearer ${await issuer.token({ serviceurl: serviceUrl })}` }),
    });
    niina = app.teams.addUser({ ...app.people.niina, locale: 'fi-FI' });
    await app.chat.installBot(app.people.maria);
    await app.bot.settled();
  });
  after(async () => {
    await app.stop();
    await Promise.all([issuer.close(), login.close()]);
  });

  const assigned = async (): Promise<string> => {
    const { maria } = app.people;
    await app.chat.pressOld(maria, { verb: 'checklist.start', data: { body: 'team:lojo', template: 'startup' } });
    for (const to of ['', niina.aadObjectId]) {
      const item = { body: 'team:lojo', list: 'startup', item: 'crime', to };
      await app.chat.pressOld(maria, { verb: 'checklist.assign', data: item });
    }
    await app.bot.settled();
    return toldLast();
  };
  const toldLast = (): string => textOf(app.teams.personalChat(niina).last().activity);
  const gave = (texts: Texts): string => texts('checklist.notice.assigned', { name: 'Maria Lindqvist' });

  it('is in the chat’s language as long as nothing else is known of them', async () => {
    expect(await assigned()).to.include(gave(sv));
  });

  it('is in the language of their Teams from their first press on: of a list, of a case, and as a greeting', async () => {
    await app.chat.pressOld(niina, { verb: 'help.show', data: {} });
    expect(await assigned()).to.include(gave(fi));
    const reference = await handInByForm(app, app.people.petri);
    await shown(app.chat, reference);
    await pressOn(app.chat, app.people.petri, reference, 'referral.ask', { person: niina.aadObjectId });
    await app.bot.settled();
    expect(toldLast()).to.include(fi('notice.asked.title', { reference }));
    await app.teams.personalChat(niina).installBot(niina);
    await app.bot.settled();
    expect(toldLast()).to.include(fi('welcome.title'));
  });

  it('is in the language that they chose, whatever their Teams says', async () => {
    await app.chat.pressOld(niina, { verb: 'language.set', data: { language: 'sv' } });
    expect(await assigned()).to.include(gave(sv));
  });
});
