import { expect } from 'chai';
import { admitLocally, admitWithToken } from '../../../bot/admission.ts';

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

  it('elsewhere brings a token for an activity; the other paths have their own ways', () => {
    for (const authorization of [undefined, '', 'Bearer', 'Bearer x', 'Basic a.b.c', 'Bearer a.b']) {
      expect(admitWithToken({ ...(authorization !== undefined && { authorization }) }, '/api/messages')).to.equal(401);
    }
    expect(admitWithToken({ authorization: 'Bearer aa.bb.cc' }, '/api/messages')).to.equal(null);
    for (const path of ['/api/referrals', '/healthz', '/readyz', '/metrics']) {
      expect(admitWithToken({}, path), path).to.equal(null);
    }
  });
});
