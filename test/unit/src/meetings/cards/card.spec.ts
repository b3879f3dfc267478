import { expect } from 'chai';
import { emptyForm } from '../../../../../src/cards/form.ts';
import { lengthText } from '../../../../../src/cards/places.ts';
import { cancelCard } from '../../../../../src/meetings/cards/cancel-card.ts';
import { meetingCard, meetingMessage } from '../../../../../src/meetings/cards/card.ts';
import { changeForm } from '../../../../../src/meetings/cards/change-form.ts';
import { plannedCard } from '../../../../../src/meetings/cards/done-card.ts';
import { letterCard } from '../../../../../src/meetings/cards/letter-card.ts';
import { noticeMessage } from '../../../../../src/meetings/cards/notice-card.ts';
import { voteForm } from '../../../../../src/meetings/cards/poll-card.ts';
import { recordForm } from '../../../../../src/meetings/cards/record-form.ts';
import {
  type MeetingScene,
  missingText,
  repeatText,
  seriesText,
  viewerOf,
} from '../../../../../src/meetings/cards/words-card.ts';
import {
  type Changes,
  type Coming,
  limits,
  type Meeting,
  type PollOption,
  type Repeat,
  type Vote,
} from '../../../../../src/meetings/model.ts';
import { picked } from '../../../../../src/meetings/polling.ts';
import { occurrencesOf } from '../../../../../src/meetings/repeat.ts';
import { withoutSettled } from '../../../../../src/meetings/settled.ts';
import { occurrenceOf } from '../../../../../src/meetings/standing.ts';
import type { StoredMeeting } from '../../../../../src/meetings/stored.ts';
import { requirePoll, requireSchedule, withPoll } from '../../../../../src/meetings/transition.ts';
import { bodyId, formatReference, type PersonId, personId } from '../../../../../src/shared/ids.ts';
import { type Language, languages } from '../../../../../src/shared/language.ts';
import { textsFor } from '../../../../../src/shared/text.ts';
import { calendar, type ExamplePerson, exampleDirectory, monday, people } from '../../../../support/builders.ts';
import { meeting, played, pollPlan, seat, seated, steeringSeats, thursday } from '../../../../support/meetings.ts';
import { inHelsinki } from '../../../../support/shifting-clock.ts';

const scene = (language: Language = 'sv', now = monday): MeetingScene => ({
  texts: textsFor(language),
  directory: exampleDirectory(),
  calendar,
  now,
  placement: null,
});
const as = (who: ExamplePerson, of: StoredMeeting, here = scene()) =>
  meetingCard(of, here, { viewer: viewerOf(of, people[who], here.directory) });
const textOf = (card: object): string => JSON.stringify(card);
const verbsOf = (card: object): string[] =>
  [...textOf(card).matchAll(/"verb":"(meeting\.\w+)"/g)].map(([, verb = '']) => verb);
const repeat = (over: Partial<Repeat>): Repeat => ({
  unit: 'week',
  every: 1,
  by: 'weekday',
  end: { count: 10 },
  holidays: 'skip',
  ...over,
});

describe('the card of a meeting', () => {
  it('says on the card of one date what is new of the whole and of that date, and of no other', () => {
    const series = meeting({ plan: { one: thursday, repeat: repeat({}) } });
    const elsewhere = (where: string): Changes => ({ place: { online: false, where } });
    const news = played(
      { ...series, news: { ...series.news, spread: true } },
      ['maria', { do: 'change', on: '2026-12-03', changes: elsewhere('Rum 3') }, monday.add({ minutes: 1 })],
      ['maria', { do: 'change', on: '2026-12-10', changes: elsewhere('Rum 10') }, monday.add({ minutes: 2 })],
      ['maria', { do: 'change', on: null, changes: { title: 'Julplan' } }, monday.add({ minutes: 3 })],
      ['maria', { do: 'cancel', on: '2026-12-17' }, monday.add({ minutes: 4 })],
    );
    const [third, tenth] = ['2026-12-03', '2026-12-10'].map((on) =>
      textOf(meetingCard(news, scene(), { on }).body ?? []),
    );
    expect(third).to.include('Ny plats tors 3 dec kl. 13.00: Rum 3').and.to.include('ny rubrik: Julplan');
    expect(third).to.not.include('Rum 10').and.to.not.include('Inställt');
    expect(tenth).to.include('Ny plats tors 10 dec kl. 13.00: Rum 10').and.to.include('ny rubrik: Julplan');
    expect(textOf(meetingCard(news, scene()).body ?? [])).to.include('Inställt: tors 17 dec kl. 13.00');
  });

  it('says first what it is, then how it stands', () => {
    const [header] = meetingCard(meeting(), scene()).body ?? [];
    const said = [...textOf(header ?? {}).matchAll(/"text":"([^"]*)"/g)].map(([, text]) => text);
    expect(said).to.deep.equal(['Möte · Lojo ankarteam', 'Ärendegenomgång', 'Hålls tors 26 nov kl. 13.00 · 1 h']);
  });

  it('is called by its kind when nobody called it anything, and about a case by its reference', () => {
    const title = (of: StoredMeeting): string => meetingCard(of, scene()).speak ?? '';
    expect(title(meeting({ title: '' }))).to.match(/^Teammöte · /);
    expect(title(meeting({ title: '', kind: 'supervision' }))).to.match(/^Arbetshandledning · /);
    expect(title(meeting({ title: '', body: bodyId('steering:vastra-nyland') }, { by: 'kaisa' }))).to.match(
      /^Styrgruppens möte · /,
    );
    const subject = formatReference('LOJ', 2026, 42);
    expect(title(meeting({ title: '', kind: 'case', subject }))).to.match(/^LOJ-2026-0042 · Ankarträff · /);
  });

  it('tells of what was over a week ago how many came, or nothing where nobody said it, and asks for that once', () => {
    const over = Temporal.Instant.from('2026-11-26T12:00:00Z');
    const later = over.add({ hours: 7 * 24 });
    const silent = played(meeting(), ['petri', { do: 'reply', on: '2026-11-26', coming: 'yes' }]);
    const record = { do: 'record', on: '2026-11-26', came: [people.petri, people.jonas] } as const;
    const late = played(silent, ['maria', record, later]);
    const correcting = as('maria', late, scene('sv', later));
    expect(textOf(correcting), 'said late, it can be corrected').to.include('Kom (2)');
    expect(verbsOf(correcting)).to.include('meeting.recordForm');
    const now = later.add({ hours: 7 * 24 });
    const settled = as('maria', { ...late, ...withoutSettled(late, { calendar, now }) }, scene('sv', now));
    expect(textOf(settled)).to.match(/Antal som kom".*?"text":"2"/);
    expect(verbsOf(settled)).not.to.include('meeting.recordForm');
    const unsaid = as('maria', silent, scene('sv', later));
    expect(textOf(unsaid)).not.to.include('Svaren före mötet');
    expect(verbsOf(unsaid)).to.include('meeting.recordForm');
    expect(textOf(as('maria', silent, scene('sv', over)))).to.include('Svaren före mötet');
  });

  it('says the year only when it is another, and how long it takes in words', () => {
    const next = meeting({ plan: { one: { start: '2027-01-14T13:00', minutes: 90 }, repeat: null } });
    expect(textOf(meetingCard(next, scene()))).to.include('tors 14 jan 2027 kl. 13.00 · 1 h 30 min');
    const texts = textsFor('fi');
    expect([5, 60, 90, 120].map((minutes) => lengthText(minutes, texts))).to.deep.equal([
      '5 min',
      '1 t',
      '1 t 30 min',
      '2 t',
    ]);
  });

  it('offers everybody on the shared card what all may do, and who plans it one way in', () => {
    const shared = meetingCard(meeting(), scene());
    expect(verbsOf(shared)).to.deep.equal(['meeting.reply', 'meeting.reply', 'meeting.reply', 'meeting.view']);
    expect(verbsOf(meetingCard(meeting({ plan: pollPlan() }), scene()))).to.deep.equal([
      'meeting.voteForm',
      'meeting.view',
    ]);
  });

  it('offers each in their own view what they may, and nothing else', () => {
    expect(verbsOf(as('petri', meeting()))).to.deep.equal(['meeting.reply', 'meeting.reply', 'meeting.reply']);
    expect(verbsOf(as('maria', meeting()))).to.include.members(['meeting.changeForm', 'meeting.cancelForm']);
    const some = meeting({ invited: { everyone: false, named: [people.petri] } });
    expect(verbsOf(as('jonas', some)), 'not asked').to.deep.equal([]);
    const poll = meeting({ plan: pollPlan() });
    expect(verbsOf(as('petri', poll))).to.deep.equal(['meeting.voteForm']);
    expect(new Set(verbsOf(as('maria', poll)))).to.include.keys(
      'meeting.pick',
      'meeting.timesForm',
      'meeting.extendForm',
      'meeting.cancelForm',
    );
    const over = scene('sv', Temporal.Instant.from('2026-11-28T09:00:00Z'));
    expect(verbsOf(as('petri', poll, over)), 'nobody answers any more').to.deep.equal([]);
    expect(verbsOf(as('maria', poll, over)))
      .to.include('meeting.extendForm')
      .and.not.include('meeting.voteForm');
    expect(verbsOf(as('maria', played(meeting(), ['maria', { do: 'cancel', on: null }])))).to.deep.equal([]);
  });

  it('offers no answer that was given, and no lead to one', () => {
    const answered = played(meeting(), ['petri', { do: 'reply', on: '2026-11-26', coming: 'yes' }]);
    const own = textOf(as('petri', answered));
    expect(own).to.not.include('"coming":"yes"').and.not.include('"style":"positive"');
    expect(own).to.include('"coming":"no"');
  });

  it('hides from all but who plans it who said what, if they chose so: numbers alone are shown', () => {
    const hidden = played(meeting({ plan: pollPlan({ namesHidden: true }) }), [
      'petri',
      { do: 'vote', votes: { tue: 'yes' } },
    ]);
    for (const card of [meetingCard(hidden, scene()), as('jonas', hidden)]) {
      expect(textOf(card)).to.include('1 ja').and.not.include('Aaltonen').and.not.include('Niina');
    }
    expect(textOf(as('maria', hidden)))
      .to.include('Ja: Petri Aaltonen')
      .and.include('Niina Hakala');
  });

  it('says in words, never by colour alone, whether a time is possible and who is missing', () => {
    const votes = { tue: 'yes', wed: 'yes', thu: 'no' } as const;
    const poll = played(
      meeting({ plan: pollPlan() }),
      ...(['petri', 'sofia', 'niina', 'jonas'] as const).map((who) => [who, { do: 'vote', votes }] as const),
      ['petri', { do: 'vote', votes: { wed: 'no' } }],
      ['maria', { do: 'vote', votes: { thu: 'no' } }],
    );
    const text = textOf(meetingCard(poll, scene()));
    expect(text).to.include('möjlig, passar flest').and.include('saknas: polis').and.include('passar ingen');
    expect(text, 'Maria, who is of the police too').to.include('saknas: polis · 1 har inte svarat');
    const all = played(poll, ['maria', { do: 'vote', votes: { tue: 'no', wed: 'no' } }]);
    expect(textOf(meetingCard(all, scene())))
      .to.include('saknas: polis')
      .and.not.include('har inte svarat');
  });

  it('says of answers that came along from a poll that they did, in every language, until the meeting begins', () => {
    const poll = meeting({ plan: pollPlan() });
    const answered = played(
      poll,
      ['petri', { do: 'vote', votes: { tue: 'yes' } }],
      ['maria', { do: 'pick', option: 'tue' }],
    );
    expect(textOf(as('petri', answered))).to.include('Svaren på den här tiden har följt med från omröstningen.');
    expect(textOf(meetingCard(answered, scene('fi')))).to.include('otettu mukaan aikakyselystä');
    expect(textOf(meetingCard(answered, scene('en')))).to.include('come along from the poll');
    expect(textOf(meetingCard(answered, scene('sv', inHelsinki('2026-12-01T09:10'))))).not.to.include('omröstningen');
    const own = played(answered, ['petri', { do: 'reply', on: '2026-12-01', coming: 'no' }]);
    expect(textOf(meetingCard(own, scene()))).not.to.include('omröstningen');
  });

  it('says of what nobody has answered just that, and not who is missing', () => {
    const fresh = textOf(meetingCard(meeting(), scene()));
    expect(fresh).to.include('ingen har svarat än').and.not.include('saknas');
    const asked = played(meeting(), ['petri', { do: 'reply', on: '2026-11-26', coming: 'maybe' }]);
    expect(textOf(meetingCard(asked, scene()))).to.include('saknas: ');
    const poll = textOf(meetingCard(meeting({ plan: pollPlan() }), scene()));
    expect(poll).to.include('inga svar ännu').and.not.include('saknas');
  });

  it('tells who has answered some of the times from who has answered none', () => {
    const poll = played(meeting({ plan: pollPlan() }), ['petri', { do: 'vote', votes: { tue: 'yes' } }]);
    const text = textOf(meetingCard(poll, scene()));
    const besides = (title: string): string =>
      /"text":"([^"]*)"/.exec(text.slice(text.indexOf(`"${title}"`) + title.length))?.[1] ?? '';
    expect(besides('Har svarat på en del')).to.equal('Petri Aaltonen');
    const silent = besides('Har inte svarat');
    expect(silent).to.include('Niina Hakala').and.not.include('Petri');
  });

  it('counts who has answered some of the times where nobody is to know who said what', () => {
    const poll = meeting({ plan: pollPlan({ namesHidden: true }) });
    const half = played(
      poll,
      ...(['petri', 'sofia', 'jonas'] as const).map((who) => [who, { do: 'vote', votes: { tue: 'yes' } }] as const),
    );
    expect(textOf(meetingCard(half, scene())))
      .to.include('"0 av 5 · 3 på en del"')
      .and.not.include('Aaltonen');
    expect(textOf(as('maria', half)))
      .to.include('"0 av 5"')
      .and.include('Petri Aaltonen');
    expect(textOf(meetingCard(poll, scene()))).to.include('"0 av 5"');
  });

  it('has each of its proposed times answered at one press, and of many the rest at one more', () => {
    const poll = meeting({ plan: pollPlan() });
    const many: PollOption[] = Array.from({ length: limits.mostTimes }, (_, index) => ({
      id: `t${index}`,
      start: `2026-12-${String(index + 10)}T09:00`,
      minutes: 60,
    }));
    const long = withPoll(poll, { ...requirePoll(poll), options: many, votes: { [people.petri]: { t3: 'ifNeedBe' } } });
    const form = (of: Meeting, rest: 'yes' | 'no' | null = null, values = {}) =>
      textOf(voteForm(of, requirePoll(of), scene(), people.petri, { ...emptyForm, values }, rest));
    const answersIn = (text: string): (string | undefined)[] =>
      [...text.matchAll(/"id":"vote-[^"]*".*?"style":"expanded","wrap":true(?:,"value":"(\w+)")?/g)].map(
        ([, one]) => one,
      );
    expect(answersIn(form(poll))).to.have.length(3);
    expect(answersIn(form(long))).to.have.length(limits.mostTimes);
    expect(form(poll), 'a few need no more').not.to.include('Nej till resten');
    expect(form(long)).to.include('"title":"Ja till resten"').and.include('"title":"Nej till resten"');
    const rest = form(long, 'no', { 'vote-t0': 'yes' });
    expect(answersIn(rest)).to.deep.equal(['yes', 'no', 'no', 'ifNeedBe', ...Array(8).fill('no')]);
    expect(rest, 'there is none any more').not.to.include('till resten');
    expect(new TextEncoder().encode(form(long)).length).to.be.lessThan(28_000);
  });

  it('says when it is held once, at its head, with how long it takes, and within the last hour that it is soon', () => {
    const text = textOf(meetingCard(meeting(), scene()));
    expect(text.split('tors 26 nov kl. 13.00')).to.have.length(4);
    expect(text, 'its head, what is read aloud and what stands for the card').not.to.include('"När"');
    const stateAt = (now: string, language: Language = 'sv') =>
      meetingMessage(meeting(), scene(language, inHelsinki(now)), {}).summary;
    expect(stateAt('2026-11-26T11:59')).to.include('Hålls tors 26 nov kl. 13.00 · 1 h');
    expect(stateAt('2026-11-26T12:00')).to.include('Börjar inom en timme: tors 26 nov kl. 13.00 · 1 h');
    expect(stateAt('2026-11-26T12:59', 'fi')).to.include('Alkaa tunnin sisällä');
    expect(stateAt('2026-11-26T13:00')).to.include('Pågår nu: tors 26 nov kl. 13.00 · 1 h');
    const off = played(meeting({ plan: { one: thursday, repeat: repeat({}) } }), [
      'maria',
      { do: 'cancel', on: '2026-11-26' },
    ]);
    expect(textOf(meetingCard(off, scene(), { on: '2026-11-26' }))).to.include('"Skulle ha hållits"');
  });

  it('says in the reminder of the last hour that it is an hour, and where that comes late that it is soon', () => {
    const titleAt = (key: string, now: string): string =>
      noticeMessage(meeting(), { kind: 'reminder', key, to: people.petri }, scene('sv', inHelsinki(now))).summary;
    const hour = `reminder:hour:2026-11-26:2026-11-26T13:00:${people.petri}`;
    expect(titleAt(hour, '2026-11-26T12:00')).to.match(/^Om en timme: /);
    expect(titleAt(hour, '2026-11-26T12:15')).to.match(/^Om en timme: /);
    expect(titleAt(hour, '2026-11-26T12:16')).to.match(/^Snart: /);
    expect(titleAt(hour.replace('hour', 'day'), '2026-11-25T08:00')).to.match(/^Påminnelse: /);
  });

  it('says of a proposal that went no further what became of it, and calls off nothing that nobody was invited to', () => {
    const proposal = meeting({}, { by: 'petri' });
    const declined = played(proposal, ['maria', { do: 'cancel', on: null }]);
    expect(textOf(meetingCard(declined, scene())))
      .to.include('"Avböjt"')
      .and.include('"Avböjdes"');
    const taken = played(proposal, ['petri', { do: 'cancel', on: null }]);
    expect(textOf(meetingCard(taken, scene()))).to.include('"Förslaget är tillbakadraget"');
    for (const card of [declined, taken].map((one) => textOf(meetingCard(one, scene()))))
      expect(card).not.to.include('nställt');
    const off = played(meeting(), ['maria', { do: 'cancel', on: null }]);
    expect(textOf(meetingCard(off, scene()))).to.include('"Inställt"');
  });

  it('says of a series that is sent how many dates it has, and which of them fall away', () => {
    const series = (end: Repeat['end']) =>
      meeting({ plan: { one: { start: '2026-12-10T13:00', minutes: 60 }, repeat: repeat({ end }) } });
    const said = (end: Repeat['end'], language: Language = 'sv') =>
      plannedCard(series(end), scene(language), null).speak;
    expect(said({ count: 4 })).to.equal(
      'Inbjudan till en serie är skickad: Ärendegenomgång. Första gången tors 10 dec kl. 13.00 · 1 h. Varje vecka på torsdagar, 4 gånger, varav 3 hålls · hålls inte: tors 24 dec kl. 13.00.',
    );
    expect(said({ until: '2026-12-31' })).to.include('till tors 31 dec · 3 gånger · hålls inte: tors 24 dec kl. 13.00');
    expect(said({ count: 2 })).not.to.include('hålls inte');
    expect(said({ count: 4 }, 'fi')).to.include('ei pidetä: to 24.12.');
    expect(plannedCard(meeting(), scene(), null).speak).to.equal(
      'Inbjudan är skickad: Ärendegenomgång, tors 26 nov kl. 13.00 · 1 h.',
    );
    const long = { unit: 'week', every: 1, by: 'weekday', end: { count: 100 }, holidays: 'skip' } as const;
    const fridays = seriesText({ start: '2026-12-25T09:00', minutes: 60 }, long, meeting(), scene());
    expect(fridays).to.match(/hålls inte: fre 25 dec kl\. 09\.00(, [^,]*){3} och 3 till$/);
  });

  it('says the rhythm of a series in words, in every language, and its next three dates', () => {
    const said = (language: Language, over: Partial<Repeat>, start = thursday.start): string => {
      const rhythm = repeat({ holidays: 'keep', ...over });
      const first = { start, minutes: 60 };
      const schedule = requireSchedule(meeting({ plan: { one: first, repeat: rhythm } }));
      return repeatText(schedule, rhythm, occurrencesOf(schedule, meeting().place, calendar), scene(language));
    };
    expect(languages.map((language) => said(language, {}))).to.deep.equal([
      'Varje vecka på torsdagar, 10 gånger',
      'Joka viikko torstaisin, 10 kertaa',
      'Every week on Thursdays, 10 times',
    ]);
    expect(said('sv', { every: 2 })).to.equal('Varannan vecka på torsdagar, 10 gånger');
    expect(said('fi', { every: 3 })).to.equal('Joka 3. viikko torstaisin, 10 kertaa');
    expect(said('sv', { unit: 'month' }, '2026-11-10T09:00')).to.equal('Varje månad andra tisdagen, 10 gånger');
    expect(said('fi', { unit: 'month' }, '2026-11-10T09:00')).to.equal('Joka kuukausi toisena tiistaina, 10 kertaa');
    expect(said('en', { unit: 'month' }, '2026-11-30T09:00')).to.equal('Every month on the last Monday, 10 times');
    expect(said('sv', { unit: 'month', by: 'date', end: { until: '2027-05-31' } })).to.equal(
      'Varje månad den 26, till mån 31 maj 2027',
    );
    const series = meeting({ plan: { one: thursday, repeat: repeat({}) } });
    expect(textOf(meetingCard(series, scene()))).to.include(
      'tors 3 dec kl. 13.00, tors 10 dec kl. 13.00, tors 17 dec kl. 13.00"',
    );
  });

  it('says how many of a series are held where a holiday falls away or one is off, in every language, also of a proposal', () => {
    // Of these Fridays two are holidays: Christmas Day and New Year's Day.
    const one = { start: '2026-12-04T13:00', minutes: 60 };
    const plan = { one, repeat: repeat({ end: { count: 6 } }) };
    const series = meeting({ plan });
    const said = (language: Language, of = series): string => textOf(meetingCard(of, scene(language)));
    expect(said('sv')).to.include('Varje vecka på fredagar, 6 gånger, varav 4 hålls');
    expect(said('fi')).to.include('Joka viikko perjantaisin, 6 kertaa, joista 4 pidetään');
    expect(said('en')).to.include('Every week on Fridays, 6 times, of which 4 are held');
    expect(said('sv', played(series, ['maria', { do: 'cancel', on: '2026-12-11' }]))).to.include('varav 3 hålls');
    expect(said('sv', meeting({ plan }, { by: 'petri' })), 'proposed').to.include('varav 4 hålls');
  });

  it('reminds who has answered some of the times that it is not all, and who has answered none that it is none', () => {
    const poll = played(meeting({ plan: pollPlan() }), ['petri', { do: 'vote', votes: { tue: 'yes' } }]);
    const toldTo = (who: ExamplePerson): string =>
      textOf(noticeMessage(poll, { kind: 'pollReminder', key: '', to: people[who] }, scene()).card);
    expect(toldTo('petri')).to.include('Du har inte svarat på alla tider ännu.');
    expect(toldTo('niina')).to.include('Du har inte svarat ännu.');
  });

  it('shows what has changed in bold, what was there before, and neither once it was held that way', () => {
    const changed = played(meeting(), [
      'maria',
      { do: 'change', on: null, changes: { slot: { start: '2026-11-27T09:00', minutes: 60 } } },
    ]);
    const bold = [...textOf(meetingCard(changed, scene())).matchAll(/"text":"(Ny tid[^"]*)"[^}]*"weight":"Bolder"/g)];
    expect(bold.map(([, text]) => text)).to.deep.equal(['Ny tid: fre 27 nov kl. 09.00 · 1 h.']);
    expect(textOf(meetingCard(changed, scene()))).to.include('Förut: tors 26 nov kl. 13.00 · 1 h.');
    const place = { online: true, where: '' };
    const twice = played(changed, ['maria', { do: 'change', on: '2026-11-26', changes: { place } }]);
    for (const told of ['Ny tid: fre 27 nov kl. 09.00', 'Förut: tors 26 nov kl. 13.00', 'Förut: Polisstationen'])
      expect(textOf(meetingCard(twice, scene())), 'both').to.include(told);
    const off = textOf(meetingCard(played(changed, ['maria', { do: 'cancel', on: null }]), scene()));
    expect(off, 'which time is off').to.include('Förut: tors 26 nov kl. 13.00');
    const back = played(changed, ['maria', { do: 'change', on: null, changes: { slot: thursday } }]);
    expect(textOf(meetingCard(back, scene()))).to.not.include('Förut');
    const after = scene('sv', Temporal.Instant.from('2026-11-28T09:00:00Z'));
    expect(textOf(meetingCard(changed, after))).to.not.include('Förut');
  });

  it('tells of another time of a whole series at the first holding that has it, until that was held', () => {
    const series = meeting({ plan: { one: thursday, repeat: repeat({ end: { count: 4 } }) } });
    const told = (of: StoredMeeting, now: string): string[] =>
      [
        ...textOf(meetingCard(of, scene('sv', inHelsinki(now)))).matchAll(
          /"text":"((?:Ny tid|Hela serien har ny tid|Förut)[:.] [^"]*)"/g,
        ),
      ].map(([, text = '']) => text);
    const all = (start: string, at: string) =>
      ({ do: 'change', on: null, at, changes: { slot: { start, minutes: 60 } } }) as const;
    const noon = '2026-11-26T12:00';
    const early = played(series, ['maria', all('2026-12-03T10:00', '2026-12-03'), inHelsinki(noon)]);
    const whole = 'Hela serien har ny tid. Första gången: ';
    const third = [`${whole}tors 3 dec kl. 10.00 · 1 h.`, 'Förut: tors 3 dec kl. 13.00 · 1 h.'];
    expect(told(early, noon), 'that of today stays').to.deep.equal(third);
    expect(told(early, '2026-11-26T14:00'), 'also once that was held').to.deep.equal(third);
    expect(told(early, '2026-12-03T11:00'), 'held that way').to.deep.equal([]);
    const during = '2026-11-26T13:30';
    const later = played(series, ['maria', all('2026-12-03T15:00', '2026-12-03'), inHelsinki(during)]);
    for (const now of [during, '2026-11-26T14:00'])
      expect(told(later, now)).to.deep.equal([`${whole}tors 3 dec kl. 15.00 · 1 h.`, third[1]]);
    const fridays = played(series, ['maria', all('2026-12-04T13:00', '2026-12-03'), inHelsinki(during)]);
    expect(told(fridays, during), 'by its number, as it has another name').to.deep.equal([
      `${whole}fre 4 dec kl. 13.00 · 1 h.`,
      third[1],
    ]);
    const both = played(early, ['maria', all('2026-11-26T16:00', '2026-11-26'), inHelsinki(noon)]);
    expect(told(both, noon), 'of both changes, which nobody has read yet').to.deep.equal([
      `${whole}tors 26 nov kl. 16.00 · 1 h.`,
      'Förut: tors 26 nov kl. 13.00 · 1 h.',
    ]);
    const again = played(early, ['maria', all('2026-12-03T11:00', '2026-12-03'), inHelsinki(noon)]);
    expect(told(again, noon), 'what people know').to.deep.equal([`${whole}tors 3 dec kl. 11.00 · 1 h.`, third[1]]);
    const slot = { start: '2026-12-10T09:00', minutes: 60 };
    const one = played(early, ['maria', { do: 'change', on: '2026-12-10', changes: { slot } }, inHelsinki(noon)]);
    expect(told(one, noon), 'of which nobody can say what was told').to.deep.equal([
      ...third,
      'Ny tid: tors 10 dec kl. 09.00 · 1 h.',
    ]);
    const off = played(one, ['maria', { do: 'cancel', on: '2026-12-10' }, inHelsinki(noon)]);
    expect(told(off, noon), 'nor once it is off').to.deep.equal(third);
  });

  it('lists to a substitute the dates to come on which they stand in, and to nobody else', () => {
    const directory = seated();
    const [party, second] = steeringSeats(directory);
    if (!party) throw new Error('There is a party.');
    const [member, substitute] = [seat('member', party.id), seat('substitute', party.id)];
    const plan = { one: thursday, repeat: repeat({ end: { count: 16 }, holidays: 'keep' }) };
    const series = meeting({ body: bodyId('steering:vastra-nyland'), plan }, { by: 'kaisa', directory });
    const { stage } = series;
    if (stage.is !== 'planned') throw new Error('It is planned.');
    const dates = occurrencesOf(stage.schedule, series.place, calendar).map(({ on }) => on);
    const sentTo = (...chosen: readonly string[]): StoredMeeting => {
      const sent = { [member]: { coming: 'substitute', at: monday.toString() } } as const;
      const replies = Object.fromEntries(chosen.map((on) => [on, sent]));
      return { ...series, stage: { is: 'planned', schedule: { ...stage.schedule, replies } } };
    };
    const label = textsFor('sv')('meeting.facts.standIn');
    const shown = (of: StoredMeeting, person: PersonId | null, now = '2026-11-26T12:00'): string => {
      const here = { ...scene('sv', inHelsinki(now)), directory };
      const texts = [
        ...textOf(meetingCard(of, here, { viewer: person && viewerOf(of, person, directory) })).matchAll(
          /"text":"([^"]*)"/g,
        ),
      ].map(([, text]) => text);
      return texts[texts.indexOf(label) + 1 || texts.length] ?? '';
    };
    const some = sentTo('2026-11-26', '2026-12-10');
    expect(shown(some, substitute)).to.equal('tors 26 nov kl. 13.00, tors 10 dec kl. 13.00');
    expect(shown(some, substitute, '2026-11-26T14:00')).to.equal('tors 10 dec kl. 13.00');
    const off = played(some, ['kaisa', { do: 'cancel', on: '2026-12-10' }]);
    expect(shown(off, substitute)).to.equal('tors 26 nov kl. 13.00');
    for (const other of [member, seat('substitute', second?.id ?? ''), null]) expect(shown(some, other)).to.equal('');
    expect(shown(sentTo(...dates), substitute), 'of many some').to.match(/^(tors [^,]*, ){11}tors [^,]* och 4 till$/);
    const oneMore = shown(sentTo(...dates.slice(0, 13)), substitute);
    expect(oneMore, 'a single one more is named').to.match(/^(tors [^,]*, ){12}tors 18 feb [^,]*$/);
  });

  it('tells of another place of a whole series at the first holding that was elsewhere', () => {
    const series = meeting({ plan: { one: thursday, repeat: repeat({ end: { count: 4 } }) } });
    const to = (where: string, on: string | null) =>
      ({ do: 'change', on, at: '2026-12-03', changes: { place: { online: false, where } } }) as const;
    const alone = played(series, ['maria', to('Skolan', '2026-12-03')]);
    const heard = { ...alone, news: { ...alone.news, spread: true } };
    const back = textOf(meetingCard(played(heard, ['maria', to('Polisstationen', null)]), scene()));
    expect(back).to.include('Hela serien har ny plats: Polisstationen.').and.include('Förut: Skolan.');
  });

  it('says of a series that was ended that the rest is off, and asks still who came to what was held', () => {
    const series = meeting({ plan: { one: thursday, repeat: repeat({ end: { count: 3 } }) } });
    const now = Temporal.Instant.from('2026-11-30T09:00:00Z');
    const ended = played(series, ['maria', { do: 'cancel', on: null }, now]);
    const card = as('maria', ended, scene('sv', now));
    expect(textOf(card)).to.include('Kommande tillfällen är inställda · hölls senast tors 26 nov kl. 13.00');
    expect(verbsOf(card)).to.include('meeting.recordForm').and.not.include('meeting.cancelForm');
    const asked = textOf(meetingCard(ended, scene('sv', now), { on: '2026-11-26' }));
    expect(asked, 'of one date how that one stands')
      .to.include('Hölls tors 26 nov')
      .and.not.include('"text":"Kommande');
  });

  it('does not offer to cancel the date that was held, from which all others are', () => {
    const series = meeting({ plan: { one: thursday, repeat: repeat({ end: { count: 3 } }) } });
    const asked = (now: Temporal.Instant): object[] => {
      const here = scene('sv', now);
      const occurrence = occurrenceOf(series, '2026-11-26', here);
      return [...textOf(cancelCard(series, occurrence, here)).matchAll(/"verb":"meeting.cancel"/g)];
    };
    expect([asked(monday).length, asked(Temporal.Instant.from('2026-11-30T09:00:00Z')).length]).to.deep.equal([2, 1]);
  });

  it('offers on a date that was held to cancel the whole series, as it says, and nothing to change', () => {
    const series = meeting({ plan: { one: thursday, repeat: repeat({ end: { count: 3 } }) } });
    const here = scene('sv', inHelsinki('2026-11-30T09:00'));
    const viewer = viewerOf(series, people.maria, here.directory);
    const shown = (on: string): string => textOf(meetingCard(series, here, { viewer, on }));
    expect(shown('2026-11-26')).to.include('"Ställ in hela serien"').and.not.include('meeting.changeForm');
    expect(shown('2026-12-03')).to.include('"Ställ in"').and.include('meeting.changeForm');
  });

  it('says at the title of a series, and of no meeting alone, that it is of all of it', () => {
    const series = meeting({ plan: { one: thursday, repeat: repeat({ end: { count: 3 } }) } });
    const formOf = (of: StoredMeeting): string => {
      const occurrence = occurrenceOf(of, '2026-11-26', scene());
      if (!occurrence) throw new Error('It is held.');
      return textOf(changeForm(of, occurrence, scene(), emptyForm));
    };
    expect(formOf(series)).to.include('Rubriken gäller hela serien');
    expect(formOf(meeting())).to.not.include('Rubriken gäller');
  });

  it('shows of one date that was asked for what is new of that one, and the way to the dates beside it', () => {
    const series = meeting({ plan: { one: thursday, repeat: repeat({ end: { count: 3 } }) } });
    const [first, second, third] = ['2026-11-26', '2026-12-03', '2026-12-10'] as const;
    const slot = { start: '2026-12-04T09:00', minutes: 60 };
    const changed = played(series, ['maria', { do: 'change', on: second, changes: { slot } }]);
    const shown = (of: StoredMeeting, on: string | null): string => textOf(meetingCard(of, scene(), { on }));
    expect(shown(changed, second)).to.include('Ny tid: fre 4 dec kl. 09.00');
    expect(shown(changed, null), 'everybody is told of it').to.include('Ny tid: fre 4 dec kl. 09.00');
    expect(shown(changed, third)).to.not.include('Ny tid');
    const turns = (of: StoredMeeting, on: string | null): string[] =>
      [...shown(of, on).matchAll(/"title":"((?:Nästa|Förra): [^"]*)"/g)].map(([, title = '']) => title);
    expect(turns(changed, null)).to.deep.equal(['Nästa: fre 4 dec kl. 09.00']);
    expect(turns(changed, second)).to.deep.equal(['Nästa: tors 10 dec kl. 13.00', 'Förra: tors 26 nov kl. 13.00']);
    const without = played(series, ['maria', { do: 'cancel', on: second }]);
    expect(turns(without, first), 'what was cancelled is passed over').to.deep.equal(['Nästa: tors 10 dec kl. 13.00']);
    expect(turns(meeting(), null), 'of one alone').to.deep.equal([]);
  });

  it('says to who plans it alone whom the bot has not reached, once what was sent just now had its time', () => {
    const notices = (['niina', 'jonas'] as const).map((who) => {
      return { key: `invitation:1:${people[who]}`, to: people[who], kind: 'invitation', at: monday.toString() };
    });
    const planned = meeting();
    const waiting = { ...planned, delivery: { ...planned.delivery, notices } };
    const said = (who: ExamplePerson, minutes: number): string =>
      textOf(as(who, waiting, scene('sv', monday.add({ minutes }))));
    expect(said('maria', 6)).to.include('Jag har inte nått Niina Hakala och Jonas');
    expect(said('maria', 4)).to.not.include('Jag har inte nått');
    expect(said('petri', 6)).to.not.include('Jag har inte nått');
  });

  it('says of a member whose substitutes have all said no that nobody comes in their place', () => {
    const directory = seated();
    const [one, other] = [seat('member', 'polisen'), seat('substitute', 'polisen')];
    const second = personId('second-police');
    directory.people.push({ id: second, name: second });
    const made = meeting({ body: bodyId('steering:vastra-nyland') }, { by: 'kaisa', directory });
    const shown = (...given: readonly (readonly [PersonId, Coming])[]): string => {
      const at = monday.toString();
      const replies = { '2026-11-26': Object.fromEntries(given.map(([person, coming]) => [person, { coming, at }])) };
      const stage = { is: 'planned', schedule: { ...requireSchedule(made), replies } } as const;
      return textOf(meetingCard({ ...made, stage }, { ...scene(), directory }));
    };
    const own = [one, 'substitute'] as const;
    expect(shown(own)).to.include('Ersättare kallad (1)').and.not.include('Ersättaren kommer inte');
    expect(shown(own, [other, 'no']))
      .to.include('Ersättaren kommer inte (1)')
      .and.not.include('Ersättare kallad');
    const seats = directory.members.filter(({ person }) => person === other);
    directory.members.push(...seats.map((member) => ({ ...member, person: second })));
    expect(shown(own, [other, 'no']), 'there is another').to.include('Ersättare kallad (1)');
    expect(shown(own, [other, 'no'], [second, 'no'])).to.include('Ersättaren kommer inte (1)');
  });

  it('says of what came from a poll only what was said there, to whom another is called and to all', () => {
    const directory = seated();
    const wanted = { body: bodyId('steering:vastra-nyland'), plan: pollPlan() };
    const asked = meeting(wanted, { by: 'kaisa', directory });
    const here = { ...scene(), directory };
    const { texts } = here;
    const seen = (namesHidden: boolean, vote: Vote, person: PersonId | null): string => {
      const votes = Object.fromEntries(
        steeringSeats(directory).map(({ id }) => [seat('substitute', id), { tue: vote }]),
      );
      const poll = { ...requirePoll(asked), namesHidden, votes };
      const [tuesday] = poll.options;
      if (!tuesday) throw new Error('There is a time.');
      const made = picked(withPoll(asked, poll), tuesday, { now: monday, directory });
      return textOf(meetingCard(made, here, { viewer: person && viewerOf(made, person, directory) }));
    };
    const member = seat('member', 'polisen');
    for (const [hidden, vote, said] of [
      [false, 'yes', 'yes'],
      [true, 'yes', 'yes'],
      [false, 'ifNeedBe', 'maybe'],
      [true, 'ifNeedBe', 'called'],
    ] as const)
      expect(seen(hidden, vote, member))
        .to.include(texts(`meeting.substitute.${said}`))
        .and.not.include(`"${texts('meeting.coming.substitute')}"`);
    for (const hidden of [true, false]) expect(seen(hidden, 'yes', null)).to.include(texts('meeting.facts.isEnough'));
    expect(seen(false, 'ifNeedBe', null)).to.include(texts('meeting.facts.isEnoughIf'));
    expect(seen(true, 'ifNeedBe', null), 'only a yes has come along')
      .to.include(texts('meeting.facts.polledYes'))
      .and.not.include(`${texts('meeting.coming.maybe')} (`);
    expect(seen(false, 'yes', null)).to.include(texts('meeting.facts.polled'));
    const poll = textOf(meetingCard(withPoll(asked, { ...requirePoll(asked), namesHidden: true }), here));
    expect(poll, 'and they know it before they answer').to.include(texts('meeting.poll.substitutesSeen'));
    const own = meeting({ plan: pollPlan({ namesHidden: true }) });
    expect(textOf(meetingCard(own, scene()))).to.not.include(texts('meeting.poll.substitutesSeen'));
  });

  it('names on the card and the forms of a later date that one, and leads back to it', () => {
    const series = meeting({ plan: { one: thursday, repeat: repeat({ end: { count: 3 } }) } });
    const on = '2026-12-03';
    const held = occurrenceOf(series, on, scene());
    if (!held) throw new Error('It is held.');
    const card = meetingCard(series, scene(), { on, refreshFor: ['29:x'] });
    const later = 'Ärendegenomgång · Hålls tors 3 dec kl. 13.00 · 1 h';
    expect(card.speak).to.equal(later);
    expect(textOf(card.refresh ?? {})).to.include(`"on":"${on}"`);
    expect(meetingMessage(series, scene(), { on }).summary).to.equal(later);
    const form = changeForm(series, held, scene(), emptyForm);
    expect(form.speak).to.equal(`${later} · Ändra mötet`);
    const asked = cancelCard(series, held, scene());
    const letter = letterCard(series, held, scene(), { to: () => 'https://a.fi', minutes: 5 });
    expect(letter.speak).to.include('tors 3 dec kl. 13.00');
    for (const one of [form, recordForm(series, held, scene(), emptyForm), asked, letter])
      expect(textOf(one)).to.match(new RegExp(`"verb":"meeting.view","data":{[^}]*"on":"${on}"`));
    expect(textOf([card, form, letter])).to.not.include('26 nov kl. 13.00 · 1');
  });

  it('shows no rhythm of a series that has ended, however it came to its end', () => {
    const series = meeting({ plan: { one: thursday, repeat: repeat({ end: { count: 3 } }) } });
    const facts = (of: StoredMeeting, now: Temporal.Instant): string => textOf(meetingCard(of, scene('sv', now)));
    const later = inHelsinki('2026-11-30T09:00');
    expect(facts(series, later)).to.include('Varje vecka');
    const ended = played(series, ['maria', { do: 'cancel', on: null }, later]);
    for (const [of, now] of [
      [ended, later],
      [series, inHelsinki('2026-12-11T09:00')],
    ] as const)
      expect(facts(of, now)).to.include('serien är avslutad').and.not.include('Varje vecka');
  });

  it('says of what is so of a whole series that it is of all of it, in every language', () => {
    const series = meeting({ plan: { one: thursday, repeat: repeat({ end: { count: 3 } }) } });
    const on = '2026-12-03';
    const place = { online: true, where: '' };
    const slot = { start: '2026-12-03T10:00', minutes: 60 };
    const told = (changes: Changes, at: string | null, language: Language = 'sv', of = series): string =>
      textOf(meetingCard(played(of, ['maria', { do: 'change', on: at, at: on, changes }]), scene(language)));
    expect(told({ slot }, null)).to.include('Hela serien har ny tid. Första gången: tors 26 nov kl. 10.00 · 1 h.');
    expect(told({ slot }, null, 'fi')).to.include('Koko sarjalla on uusi aika.');
    expect(told({ slot }, null, 'en')).to.include('The whole series has a new time.');
    expect(told({ place }, null)).to.include('Hela serien har ny plats: på distans.');
    expect(told({ slot, place }, on))
      .to.include('Ny tid: tors 3 dec kl. 10.00')
      .and.include('Ny plats tors 3 dec kl. 10.00: ')
      .and.not.include('Hela serien');
    expect(told({ title: 'Nytt' }, on), 'the title is of all').to.include('Hela serien har ny rubrik: Nytt.');
    const alone = played(meeting(), ['maria', { do: 'change', on: null, changes: { place } }]);
    expect(textOf(meetingCard(alone, scene()))).to.include('Ny plats: ');
    const off = (of: StoredMeeting): string | undefined =>
      meetingCard(played(of, ['maria', { do: 'cancel', on: null }]), scene()).speak;
    expect(off(series)).to.include('Hela serien är inställd');
    expect(off(meeting())).to.include('Inställt');
  });

  it('names the date of what is new of one alone, on whichever card, in every language', () => {
    const series = meeting({ plan: { one: thursday, repeat: repeat({ end: { count: 3 } }) } });
    const on = '2026-12-10';
    const place = { online: false, where: 'Rum 2' };
    const moved = played(series, ['maria', { do: 'change', on, changes: { place } }]);
    const off = played(series, ['maria', { do: 'cancel', on }]);
    const told = (of: StoredMeeting, language: Language): string => textOf(meetingCard(of, scene(language)));
    expect(told(moved, 'sv')).to.include('Ny plats tors 10 dec kl. 13.00: Rum 2.');
    expect(told(moved, 'fi')).to.include('Uusi paikka to 10.12. klo 13.00: Rum 2.');
    expect(told(moved, 'en')).to.include('New place on Thu 10 Dec at 13:00: Rum 2.');
    expect(languages.map((language) => told(off, language).match(/10[ .](?:dec|12|Dec)/g)?.length)).to.deep.equal([
      1, 1, 1,
    ]);
  });

  it('tells of the title and of the whole however many dates have changed, and of the newest of these', () => {
    const series = meeting({ plan: { one: thursday, repeat: repeat({ end: { count: 9 }, holidays: 'keep' }) } });
    const dates = Array.from({ length: 8 }, (_, week) => Temporal.PlainDate.from('2026-11-26').add({ weeks: week }));
    const changes = dates.map((date) => {
      const slot = { start: `${date}T09:00`, minutes: 60 };
      return ['maria', { do: 'change', on: date.toString(), changes: { slot } }] as const;
    });
    const all = { do: 'change', on: null, changes: { title: 'Nytt', place: { online: true, where: '' } } } as const;
    const shown = (count: number): string =>
      textOf(meetingCard(played(series, ['maria', all], ...changes.slice(0, count)), scene()));
    expect(shown(8))
      .to.include('Hela serien har ny rubrik: Nytt.')
      .and.include('Hela serien har ny plats: ')
      .and.include('Och 4 datum till har ändrats.');
    expect(shown(8).match(/"Ny tid: /g), 'dates').to.have.length(4);
    expect(shown(8)).to.include('Ny tid: tors 14 jan 2027 kl. 09.00').and.not.include('Ny tid: tors 26 nov');
    expect(shown(5)).to.include('Och ett datum till har ändrats.');
    expect(shown(4)).to.not.include('har ändrats');
  });
});

describe('who is missing from a body that decides', () => {
  it('is a number while others could come instead, and else is named: authorities first, without whom nothing is decided', () => {
    const seats = steeringSeats(seated());
    const [authority] = seats.filter(({ kind }) => kind === 'authority');
    const towns = seats.filter(({ kind }) => kind === 'municipality').slice(0, 2);
    if (!authority) throw new Error('There is one.');
    const missing = (needed: number, present: number, who: typeof seats) =>
      missingText({ by: 'seats', met: false, needed, present, missing: who }, { texts: textsFor('sv') });
    const names = (who: typeof seats) => who.map(({ name }) => name.sv);
    const text = textsFor('sv');
    expect(missing(3, 1, [authority, ...towns])).to.equal(text('meeting.missing.seats', { count: 2 }));
    for (const name of names(towns)) expect(missing(3, 1, towns), 'both of them').to.include(name);
    expect(missing(3, 3, [authority, ...towns]))
      .to.include(names([authority])[0])
      .and.not.include(names(towns)[0]);
  });
});
