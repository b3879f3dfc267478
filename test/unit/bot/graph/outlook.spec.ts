import { expect } from 'chai';
import { type Ask, Refused } from '../../../../bot/graph/client.ts';
import { createGraphOutlook } from '../../../../bot/graph/outlook.ts';
import type { OutlookEvent, OutlookGoing } from '../../../../src/meetings/telling/outlook.ts';
import { personId } from '../../../../src/shared/ids.ts';

const event: OutlookEvent = {
  key: 'meeting-1',
  owner: personId('owner'),
  subject: 'Ankarmöte',
  begins: '2026-11-26T11:00:00Z',
  ends: '2026-11-26T12:00:00Z',
  where: '',
  online: true,
  confidential: false,
  people: ['mailed', 'named', 'guest', 'gone'].map(personId),
};
const going: OutlookGoing = { owner: event.owner, key: event.key, earlier: [], id: null, doubtful: false };
const no = (statusCode: number, code = '') => new Refused({ statusCode, code });

/** A Graph of which each test says what it answers; by default it makes what it is asked for. */
function graphOf(answers: Readonly<Record<string, () => unknown>> = {}) {
  const asked: { method: string; path: string; body: Record<string, unknown> }[] = [];
  const refusals: string[] = [];
  const people: Readonly<Record<string, () => unknown>> = {
    mailed: () => ({ mail: 'mailed@anchor.example', userPrincipalName: 'other@anchor.example' }),
    named: () => ({ mail: null, userPrincipalName: 'named@anchor.example' }),
    guest: () => ({ mail: null, userPrincipalName: 'guest_home.example#EXT#@anchor.example' }),
    gone: () => {
      throw no(404);
    },
  };
  const ask: Ask = async (method, path, body = {}) => {
    asked.push({ method, path, body: { ...body } });
    const given = answers[`${method} ${path.split('?')[0]}`];
    if (given) return given();
    const person = /^\/users\/(\w+)\?/.exec(path)?.[1];
    return person ? people[person]?.() : { id: 'made', onlineMeeting: { joinUrl: 'https://teams.example/join' } };
  };
  const outlook = createGraphOutlook(ask, ({ status }) => refusals.push(String(status)));
  return { outlook, asked, refusals, written: () => asked.filter(({ method }) => method !== 'get') };
}

/** A Graph that has made something else under the key, and what it finds there. */
const duplicateOf = (found: () => object[]) =>
  graphOf({
    'post /users/owner/events': () => {
      throw no(409, 'ErrorDuplicateTransactionId');
    },
    'get /users/owner/events': () => ({ value: found() }),
  });

describe('an event in Outlook', () => {
  it('invites by mail, else by the name in the tenant, and leaves out guests without mail and who has left', async () => {
    const { outlook, written } = graphOf();
    expect(await outlook.create(event)).to.deep.equal({ id: 'made', join: 'https://teams.example/join' });
    expect(written()[0]?.body.attendees).to.deep.equal(
      ['mailed@anchor.example', 'named@anchor.example'].map((address) => ({
        emailAddress: { address },
        type: 'required',
      })),
    );
    expect(written()[0]?.body).to.deep.include({
      hideAttendees: true,
      transactionId: event.key,
      sensitivity: 'normal',
    });
  });

  it('keeps the Teams meeting that it has: none is asked for again, and its address stays when no other comes', async () => {
    const answers = { 'patch /users/owner/events/made': () => ({ id: 'made', onlineMeeting: null }) };
    const { outlook, written } = graphOf(answers);
    const made = { id: 'made', join: 'https://teams.example/join' };
    expect(await outlook.change(made, event)).to.deep.equal(made);
    expect(written()[0]?.body).not.to.have.property('isOnlineMeeting');
    await outlook.change({ ...made, join: null }, event);
    expect(written()[1]?.body).to.include({ isOnlineMeeting: true });
    await outlook.change({ ...made, join: null }, { ...event, online: false });
    expect(written()[2]?.body).not.to.have.property('isOnlineMeeting');
  });

  it('is looked for by its key where something else was made under it, and changed', async () => {
    const { outlook, written } = duplicateOf(() => [{ id: 'known' }]);
    await outlook.create(event);
    expect(written().map(({ method, path }) => `${method} ${path}`)).to.include('patch /users/owner/events/known');
  });

  it('is never one that was called off, though Graph answers with it, nor one that is not there any more', async () => {
    const again = graphOf({ 'post /users/owner/events': () => ({ id: 'made', isCancelled: true }) });
    expect(await again.outlook.create(event)).to.equal('spent');
    const off = duplicateOf(() => [{ id: 'off', isCancelled: true }]);
    expect(await off.outlook.create(event)).to.equal('spent');
    expect(off.written().map(({ method }) => method)).to.deep.equal(['post']);
  });

  it('is taken for gone only when nothing is found on three tries: Graph may find it only later', async () => {
    const gone = duplicateOf(() => []);
    const answered = () => gone.outlook.create(event).catch(({ message }: Error) => message);
    const answers = [await answered(), await answered(), await answered()];
    expect(answers).to.deep.equal(['outlook.unavailable', 'outlook.unavailable', 'spent']);
    expect(await answered(), 'and anew').to.equal('outlook.unavailable');
    let found: object[] = [];
    const late = duplicateOf(() => found);
    expect(await late.outlook.create(event).catch(({ message }: Error) => message)).to.equal('outlook.unavailable');
    found = [{ id: 'known' }];
    await late.outlook.create(event);
    expect(late.written().map(({ path }) => path)).to.include('/users/owner/events/known');
  });

  it('is none when Graph refuses, which is told and no fault; what is only not possible now is tried again', async () => {
    const refusing = graphOf({
      'post /users/owner/events': () => {
        throw no(403);
      },
    });
    expect(await refusing.outlook.create(event)).to.equal(null);
    expect(refusing.refusals).to.deep.equal(['403']);
    const away = graphOf({
      'post /users/owner/events': () => {
        throw new Error('away');
      },
    });
    expect(await away.outlook.create(event).catch(({ message }: Error) => message)).to.equal('away');
    expect(away.refusals).to.deep.equal([]);
  });

  it('is called off by its id or, where that is not known, by its key; that it is gone already is no matter', async () => {
    const gone = graphOf({
      'post /users/owner/events/a%2Fb/cancel': () => {
        throw no(404);
      },
      'get /users/owner/events': () => ({ value: [] }),
    });
    await gone.outlook.cancel({ ...going, id: 'a/b' });
    expect(gone.asked.map(({ path }) => path)).to.deep.equal(['/users/owner/events/a%2Fb/cancel']);
    expect(gone.refusals).to.deep.equal([]);
    await gone.outlook.cancel(going);
    expect(gone.written(), 'it was never made').to.have.lengthOf(1);
    const lost = graphOf({ 'get /users/owner/events': () => ({ value: [{ id: 'known' }] }) });
    await lost.outlook.cancel(going);
    expect(lost.written().map(({ path }) => path)).to.deep.equal(['/users/owner/events/known/cancel']);
  });

  it('is called off where its answer was lost only when nothing is found on three tries', async () => {
    const { outlook, written } = graphOf({ 'get /users/owner/events': () => ({ value: [] }) });
    const outcome = () => outlook.cancel({ ...going, doubtful: true }).catch(({ message }: Error) => message);
    const outcomes = [await outcome(), await outcome(), await outcome()];
    expect(outcomes).to.deep.equal(['outlook.unavailable', 'outlook.unavailable', undefined]);
    expect(written()).to.deep.equal([]);
  });

  it('is called off with what is left under the keys that its holding had before', async () => {
    const { outlook, asked, written } = graphOf({ 'get /users/owner/events': () => ({ value: [{ id: 'left' }] }) });
    await outlook.cancel({ ...going, id: 'known', earlier: ['meeting-1-1', 'meeting-1-0'] });
    const events = ['known', 'left', 'left'].map((id) => `/users/owner/events/${id}/cancel`);
    expect(written().map(({ path }) => path)).to.deep.equal(events);
    const searches = asked.flatMap(({ path }) => /ep%2Fvalue%20eq%20'([^']+)'/.exec(path)?.[1] ?? []);
    expect(searches).to.deep.equal(['meeting-1-1', 'meeting-1-0']);
  });
});
