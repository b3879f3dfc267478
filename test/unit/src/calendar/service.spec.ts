import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { createCalendarService } from '../../../../src/calendar/service.ts';
import { AppError } from '../../../../src/shared/errors.ts';
import { partitionOf } from '../../../../src/shared/ids.ts';
import { createSealer } from '../../../../src/storage/envelope.ts';
import { parseKeyRing } from '../../../../src/storage/keys.ts';
import { openSqliteStore } from '../../../../src/storage/sqlite.ts';
import { actor, monday, refusalOf, storeWith } from '../../../support/builders.ts';
import { temporaryFolder } from '../../../support/seed.ts';

const sealer = createSealer(parseKeyRing(`k1:${randomBytes(32).toString('base64')}`));
const clock = { now: () => monday };
const newId = (): string => crypto.randomUUID();

describe('the addresses of calendars', () => {
  const folder = temporaryFolder();
  const store = openSqliteStore(`${folder.path}/one.db`);
  const service = createCalendarService({ store, sealer, clock, newId });
  after(async () => {
    await store.close();
    folder.remove();
  });

  it('lead to whoever has one, also through another instance, until they take it back', async () => {
    const petri = actor('petri');
    const subscription = await service.change(petri, { do: 'renew' });
    const token = service.token(petri, subscription) ?? '';
    expect(token).to.match(/^[\w.-]+$/);
    const other = createCalendarService({ store, sealer, clock, newId });
    expect((await other.open(token))?.subscription.person).to.equal(petri.person);
    expect(service.token(petri, await service.change(petri, { do: 'revoke' }))).to.equal(null);
    expect(await service.open(token)).to.equal(null);
  });

  it('are one, the last, when somebody presses many times at once the first time', async () => {
    const sofia = actor('sofia');
    const made = await Promise.all(Array.from({ length: 8 }, () => service.change(sofia, { do: 'renew' })));
    const opened = await Promise.all(made.map((one) => service.open(service.token(sofia, one) ?? '')));
    expect(new Set(made.map(({ address }) => address)).size).to.equal(8);
    expect(opened.filter(Boolean)).to.have.lengthOf(1);
    expect(made.map(({ address }) => address)).to.include((await service.of(sofia)).address);
  });

  it('are none for whoever has asked for none, nor what was made before the store was brought back', async () => {
    const kaisa = actor('kaisa');
    const none = await service.of(kaisa);
    expect([none.address, service.token(kaisa, none)]).to.deep.equal([0, null]);
    expect(await service.open(service.token(kaisa, { ...none, address: 1 }) ?? '')).to.equal(null);
  });

  it('stay good where they were given out with a number, and a new one has none to count up to', async () => {
    const gunilla = actor('gunilla');
    const first = await service.change(gunilla, { do: 'renew' });
    const key = { partition: partitionOf(gunilla.tenant, `person:${gunilla.person}`), id: 'calendar' };
    const numbered = await store.get<object>(key);
    if (!numbered) throw new Error('nothing is stored');
    await store.replace({ ...numbered, data: { ...numbered.data, address: 1, made: 1 } }, numbered.version);
    const other = createCalendarService({ store, sealer, clock, newId });
    const token = other.token(gunilla, await other.of(gunilla)) ?? '';
    expect((await other.open(token))?.subscription.person).to.equal(gunilla.person);
    expect(await other.open(service.token(gunilla, first) ?? '')).to.equal(null);
    const second = await other.change(gunilla, { do: 'renew' });
    expect(await other.open(token)).to.equal(null);
    expect(await other.open(service.token(gunilla, { ...second, address: 2 }) ?? '')).to.equal(null);
  });

  it('are not made while the store is away, which whoever asks is told', async () => {
    const away = async (): Promise<never> => {
      throw new AppError('store.unavailable');
    };
    for (const over of [{ get: away }, { create: away }]) {
      const failing = createCalendarService({ store: storeWith(store, over), sealer, clock, newId });
      expect(await refusalOf(failing.change(actor('maria'), { do: 'renew' }))).to.equal('store.unavailable');
    }
    expect((await service.of(actor('maria'))).address).to.equal(0);
  });

  it('are told in the language of whoever chose last', async () => {
    await service.change(actor('jonas', 'fi'), { do: 'renew' });
    expect((await service.of(actor('jonas'))).language).to.equal('fi');
    await service.change(actor('jonas', 'en'), { do: 'choose', detail: 'all' });
    expect((await service.of(actor('jonas'))).language).to.equal('en');
  });

  it('are no passes, and passes no addresses', async () => {
    const { tenant, person, language } = actor('niina');
    const pass = service.passes.issue({ tenant, person, language, meeting: 'm', on: '2026-11-26' });
    expect(await service.open(pass)).to.equal(null);
    const token = service.token(actor('niina'), await service.change(actor('niina'), { do: 'renew' })) ?? '';
    expect(service.passes.open(token)).to.deep.equal({ ok: false, why: 'unknown' });
  });
});
