import { expect } from 'chai';
import { messageLink } from '../../../../bot/teams/links.ts';
import { toChatError } from '../../../../bot/teams/send-errors.ts';
import { AppError } from '../../../../src/shared/errors.ts';

const answer = (statusCode: number, headers: Record<string, string> = {}): Error =>
  Object.assign(new Error('Teams said no to Elliot'), { statusCode, response: { headers: new Headers(headers) } });

describe('what Teams answers to a send', () => {
  it('means try again later: no answer, 408, 412, 500, 502, 503, 504', () => {
    for (const status of [408, 412, 500, 502, 503, 504])
      expect(toChatError(answer(status)).code, String(status)).to.equal('chat.unavailable');
    for (const error of [new Error('ECONNRESET'), 'text', null, undefined])
      expect(toChatError(error).code).to.equal('chat.unavailable');
  });

  it('means wait: 429, for as many milliseconds as Retry-After says in seconds or as a date', () => {
    expect(toChatError(answer(429, { 'Retry-After': '7' }))).to.deep.include({
      code: 'chat.throttled',
      params: { retryAfter: 7_000 },
    });
    expect(toChatError(answer(429)).params).to.deep.equal({ retryAfter: 0 });
    expect(toChatError(answer(429, { 'Retry-After': 'soon' })).params).to.deep.equal({ retryAfter: 0 });
    expect(toChatError(answer(429, { 'Retry-After': '-5' })).params).to.deep.equal({ retryAfter: 0 });
    const { retryAfter } = toChatError(
      answer(429, { 'Retry-After': new Date(Date.now() + 60_000).toUTCString() }),
    ).params;
    expect(Number(retryAfter)).to.be.within(50_000, 60_000);
    expect(toChatError(answer(429, { 'Retry-After': 'Mon, 01 Jan 2024 00:00:00 GMT' })).params).to.deep.equal({
      retryAfter: 0,
    });
  });

  it('means gone: 403 and 404; and never: everything else', () => {
    for (const status of [403, 404])
      expect(toChatError(answer(status))).to.deep.include({ code: 'chat.gone', params: { status } });
    for (const status of [400, 401, 405, 413]) expect(toChatError(answer(status)).code).to.equal('chat.rejected');
  });

  it('keeps the cause, but none of its words in what is told', () => {
    const cause = answer(400);
    const error = toChatError(cause);
    expect(error.cause).to.equal(cause);
    expect(`${error.message}${JSON.stringify(error.params)}`).to.not.contain('Elliot');
    const own = new AppError('chat.unavailable');
    expect(toChatError(own)).to.equal(own);
  });
});

describe('a link to a message', () => {
  it('names the chat, the message and the tenant, and nothing else', () => {
    const url = new URL(messageLink('t-1', '19:lojo@thread.v2', '1700'));
    expect(decodeURIComponent(url.pathname)).to.equal('/l/message/19:lojo@thread.v2/1700');
    expect(Object.fromEntries(url.searchParams)).to.deep.equal({ tenantId: 't-1', context: '{"contextType":"chat"}' });
    expect(new URL(messageLink('t-1', '19:x@thread.tacv2', '1')).searchParams.has('context')).to.equal(false);
  });
});
