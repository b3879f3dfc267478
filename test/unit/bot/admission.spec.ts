import { expect } from 'chai';
import { admitLocally, admitTokensOf } from '../../../bot/admission.ts';

describe('who is listened to, by headers alone', () => {
  it('in local mode is a program of this machine, and no web page', () => {
    for (const host of ['localhost:3978', '127.0.0.1:3978', '127.0.0.1', '[::1]:3978', 'LOCALHOST:1']) {
      expect(admitLocally({ host }, '/api/messages'), host).to.equal(null);
    }
    for (const origin of ['https://evil.example', 'http://localhost:3978', 'null']) {
      expect(admitLocally({ host: 'localhost:3978', origin }, '/api/messages'), origin).to.equal(403);
    }
    for (const host of ['evil.example:3978', 'localhost.evil.example', '127.0.0.1.evil.example', '10.0.0.1', '']) {
      expect(admitLocally({ host }, '/metrics'), host).to.equal(403);
    }
    expect(admitLocally({}, '/'), 'no host at all').to.equal(403);
  });

  describe('elsewhere', () => {
    const admit = admitTokensOf('https://issuer.example');
    const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const token = (header: unknown, payload: unknown): string => `${part(header)}.${part(payload)}.c2ln`;
    const iss = 'https://issuer.example';

    it('brings a token of the issuer for an activity; the other routes have their own ways', () => {
      expect(admit({ authorization: `Bearer ${token({ alg: 'RS256' }, { iss })}` }, '/api/messages')).to.equal(null);
      for (const other of ['https://sts.windows.net/x/', `${iss}/`, [iss], null, undefined]) {
        const authorization = `Bearer ${token({ alg: 'RS256' }, { iss: other })}`;
        expect(admit({ authorization }, '/api/messages'), String(other)).to.equal(401);
      }
      for (const route of ['/api/referrals', '/healthz', '/readyz', '/metrics']) {
        expect(admit({}, route), route).to.equal(null);
      }
    });

    it('brings as few claims, and as few letters, as a token of Teams has: more would keep the libraries busy', () => {
      const claims = (count: number): object =>
        Object.fromEntries([['iss', iss], ...Array.from({ length: count - 1 }, (_, n) => [`c${n}`, ''])]);
      const status = (payload: object): number | null =>
        admit({ authorization: `Bearer ${token({ alg: 'RS256' }, payload)}` }, '/api/messages');
      expect(status(claims(30))).to.equal(null);
      expect(status(claims(31))).to.equal(401);
      expect(status({ iss, serviceurl: 'x'.repeat(2_000) })).to.equal(null);
      expect(status({ iss, serviceurl: 'x'.repeat(3_000) })).to.equal(401);
    });

    it('brings three parts of which two are JSON objects, or nothing of it is looked at', () => {
      const text = (value: string): string => Buffer.from(value).toString('base64url');
      const refused = [
        ...[undefined, '', 'Bearer', 'Bearer x', 'Basic a.b.c', 'Bearer a.b', 'Bearer aa.bb.cc'],
        `Basic ${token({}, { iss })}`,
        `Bearer ${part({})}.${part({ iss })}`,
        `Bearer ${token({}, { iss })}.more`,
        `Bearer ${part({})}.${text('not json')}.c2ln`,
        `Bearer ${text('not json')}.${part({ iss })}.c2ln`,
        ...[null, [], [{ iss }], 'text', 7, true].flatMap((value) => [
          `Bearer ${token({}, value)}`,
          `Bearer ${token(value, { iss })}`,
        ]),
      ];
      for (const authorization of refused) {
        const headers = authorization === undefined ? {} : { authorization };
        for (let times = 0; times < 2; times += 1) {
          expect(admit(headers, '/api/messages'), authorization).to.equal(401);
        }
      }
    });
  });
});
