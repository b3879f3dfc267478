import { expect } from 'chai';
import { activitySchema, provenanceOf, type TeamsActivity, tenantOf } from '../../../../bot/teams/activity.ts';
import { createActorOf, createTeamsLanguageOf, type Spoken } from '../../../../bot/teams/actor.ts';
import type { Actor } from '../../../../src/shared/actor.ts';
import type { PersonId } from '../../../../src/shared/ids.ts';
import type { Language } from '../../../../src/shared/language.ts';
import { exampleDirectory, heldDirectory, people, refusalOf } from '../../../support/builders.ts';

const { tenant } = exampleDirectory();
const teamsLanguageOf = createTeamsLanguageOf({ local: false });

function activity(over: Record<string, unknown> = {}): TeamsActivity {
  return activitySchema.parse({
    type: 'invoke',
    channelId: 'msteams',
    serviceUrl: 'https://smba.example.com/emea/',
    from: { id: '29:maria', name: 'Somebody', aadObjectId: people.maria },
    recipient: { id: '28:bot' },
    conversation: { id: '19:other@thread.v2', conversationType: 'groupChat', tenantId: tenant },
    ...over,
  });
}

function actorOf(
  sent: TeamsActivity,
  options: { chosen?: Language; spoken?: Language; actingAs?: (person: PersonId) => PersonId } = {},
): Promise<Actor> {
  const of = createActorOf({
    directory: heldDirectory(),
    conversations: { chosenLanguage: async () => options.chosen ?? null },
    actingAs: options.actingAs ?? null,
    teamsLanguageOf: createTeamsLanguageOf({ local: options.actingAs !== undefined }),
  });
  const { spoken: language } = options;
  return of(sent, provenanceOf(sent), language ? { language, lasts: true } : null);
}

describe('the tenant of an activity', () => {
  it('is what its channel or its conversation says, in any spelling, and none where they do not agree', () => {
    const said = (channel: string | undefined, conversation: string | undefined) =>
      tenantOf(
        activity({
          channelData: channel === undefined ? undefined : { tenant: { id: channel } },
          conversation: { id: '19:x@thread.v2', tenantId: conversation },
        }),
      );
    const other = 'b0000000-0000-4000-8000-000000000099';
    const upper = tenant.toUpperCase();
    for (const [channel, conversation] of [
      [tenant, undefined],
      [undefined, tenant],
      [tenant, ''],
      ['', tenant],
      [tenant, upper],
      [upper, tenant],
      [upper, upper],
    ])
      expect(said(channel, conversation), `${channel} ${conversation}`).to.equal(tenant);
    for (const [channel, conversation] of [
      [tenant, other],
      [other, tenant],
      [undefined, undefined],
      ['', ''],
    ])
      expect(said(channel, conversation), `${channel} ${conversation}`).to.equal(null);
  });
});

describe('who acts', () => {
  it('is who the verified activity says, with the memberships and the name of the directory', async () => {
    const actor = await actorOf(activity());
    expect(actor).to.deep.include({ tenant, person: people.maria, name: 'Maria Lindqvist' });
    expect(actor.memberships).to.deep.equal([{ body: 'team:lojo', role: 'leader', profession: 'social' }]);
  });

  it('is not what the value of the activity, a card or a name claims', async () => {
    const value = { action: { verb: 'referral.claim', data: { person: people.maria, tenant: 'x', memberships: [] } } };
    const from = { id: people.maria, name: 'Maria Lindqvist', aadObjectId: 'a0000000-0000-4000-8000-0000000000ff' };
    const actor = await actorOf(activity({ from, value }));
    expect(actor.person).to.equal('a0000000-0000-4000-8000-0000000000ff');
    expect(actor.memberships).to.deep.equal([]);
  });

  it('is refused without a verified person, and for a tenant that is none of ours', async () => {
    expect(await refusalOf(actorOf(activity({ from: { id: '29:x' } })))).to.equal('directory.notAMember');
    const conversation = { id: '19:x', conversationType: 'groupChat' };
    expect(await refusalOf(actorOf(activity({ conversation })))).to.equal('directory.unknownTenant');
    expect(await refusalOf(actorOf(activity({ conversation: { ...conversation, tenantId: 'elsewhere' } })))).to.equal(
      'directory.unknownTenant',
    );
    // What the channel says of the tenant goes before what the conversation says.
    expect(await refusalOf(actorOf(activity({ channelData: { tenant: { id: 'elsewhere' } } })))).to.equal(
      'directory.unknownTenant',
    );
  });

  it('reads in the language of one’s own choice, else of what they wrote, else of Teams, else of the chat, else of one’s team', async () => {
    const finnish = activity({ locale: 'fi-FI' });
    expect((await actorOf(finnish, { chosen: 'en' })).language).to.equal('en');
    expect((await actorOf(finnish, { chosen: 'en', spoken: 'sv' })).language).to.equal('en');
    expect((await actorOf(finnish, { spoken: 'sv' })).language).to.equal('sv');
    expect((await actorOf(finnish)).language).to.equal('fi');
    expect((await actorOf(activity({ locale: 'de-DE' }))).language).to.equal('sv');
    const laura = { id: '29:laura', aadObjectId: 'a0000000-0000-4000-8000-000000000051' };
    expect((await actorOf(activity({ from: laura }))).language, 'Esbo’s team speaks Finnish').to.equal('fi');
    const lojoChat = { id: '19:lojo-ankarteam@thread.v2', conversationType: 'groupChat', tenantId: tenant };
    expect((await actorOf(activity({ from: laura, conversation: lojoChat }))).language).to.equal('sv');
  });

  it('goes on in the language of a command that they wrote, not in that of a message that was none', async () => {
    const of = createActorOf({
      directory: heldDirectory(),
      conversations: { chosenLanguage: async () => null },
      actingAs: null,
      teamsLanguageOf,
    });
    const sent = activity({ locale: 'fi-FI' });
    const languageOf = async (spoken: Spoken | null): Promise<Language> =>
      (await of(sent, provenanceOf(sent), spoken)).language;
    expect(await languageOf({ language: 'en', lasts: false })).to.equal('en');
    expect(await languageOf(null)).to.equal('fi');
    expect(await languageOf({ language: 'sv', lasts: true })).to.equal('sv');
    expect(await languageOf(null)).to.equal('sv');
  });

  it('is answered in the language in which a command is usual that others write so too, where no other is known of them', async () => {
    const said = { language: 'en', lasts: true, unsure: true } as const;
    const of = (chosen: Language | null) =>
      createActorOf({
        directory: heldDirectory(),
        conversations: { chosenLanguage: async () => chosen },
        actingAs: null,
        teamsLanguageOf,
      });
    const languageIn = async (by: ReturnType<typeof of>, spoken: Spoken | null, locale?: string): Promise<Language> => {
      const sent = activity({ ...(locale && { locale }) });
      return (await by(sent, provenanceOf(sent), spoken)).language;
    };
    expect(await languageIn(of('sv'), said), 'chosen').to.equal('sv');
    expect(await languageIn(of(null), said, 'sv-FI'), 'of Teams').to.equal('sv');
    const before = of(null);
    expect(await languageIn(before, { language: 'fi', lasts: true })).to.equal('fi');
    expect(await languageIn(before, said), 'spoken before').to.equal('fi');
    const unknown = of(null);
    expect(await languageIn(unknown, said)).to.equal('en');
    expect(await languageIn(unknown, null), 'what they press afterwards').to.equal('en');
    expect(await languageIn(unknown, null, 'sv-FI'), 'once their Teams tells').to.equal('sv');
    expect(await languageIn(unknown, said, 'sv-FI')).to.equal('sv');
  });

  it('acts as another only where local mode lets them, and there whatever the Playground says of the language', async () => {
    const actor = await actorOf(activity({ locale: 'en-US' }), { actingAs: () => people.petri });
    expect(actor).to.deep.include({ person: people.petri, name: 'Petri Aaltonen', language: 'sv' });
  });

  it('cannot be changed afterwards', async () => {
    const actor = await actorOf(activity());
    expect(Object.isFrozen(actor) && Object.isFrozen(actor.memberships)).to.equal(true);
  });
});

describe('where an activity comes from', () => {
  it('is a personal chat, a group chat or a channel; a thread belongs to its channel', () => {
    const kindOf = (conversation: object) => provenanceOf(activity({ conversation })).reference;
    expect(kindOf({ id: 'a:1', conversationType: 'personal' })).to.deep.include({
      kind: 'personal',
      person: people.maria,
    });
    expect(kindOf({ id: '19:x@thread.v2', conversationType: 'groupChat' })).to.deep.include({
      kind: 'groupChat',
      person: null,
    });
    expect(kindOf({ id: '19:x', isGroup: true })).to.deep.include({ kind: 'groupChat' });
    expect(kindOf({ id: '19:x@thread.tacv2;messageid=123', conversationType: 'channel' })).to.deep.include({
      kind: 'channel',
      conversation: '19:x@thread.tacv2',
    });
  });

  it('is refused when a field is missing, of another type or too long', () => {
    const good = activity();
    for (const over of [
      { from: undefined },
      { from: { id: '' } },
      { from: { id: 7 } },
      { conversation: {} },
      { serviceUrl: null },
      { text: 'x'.repeat(300_001) },
      { conversation: { id: 'x'.repeat(1_001) } },
      { type: '' },
    ]) {
      expect(activitySchema.safeParse({ ...good, ...over }).success, JSON.stringify(over).slice(0, 60)).to.equal(false);
    }
  });
});
