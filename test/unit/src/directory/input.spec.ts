import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { parse } from 'yaml';
import { z } from 'zod';
import { parseRegionFile } from '../../../../src/directory/input.ts';
import { bodyOf, bodyOfChat, membersOf } from '../../../../src/directory/model.ts';
import { meetingSettings } from '../../../../src/meetings/settings.ts';
import { referralSettings } from '../../../../src/referrals/settings.ts';
import { bodyId, conversationId, personId } from '../../../../src/shared/ids.ts';
import { agendaSettings } from '../../../../src/steering/settings.ts';
import { lojo, regionFile } from '../../../support/builders.ts';

const source = readFileSync(regionFile, 'utf8');
const sections = z.object({ referrals: referralSettings, meetings: meetingSettings, agendas: agendaSettings });
const read = (text: string) => parseRegionFile(text, 'region.yaml', sections);

/** The problems that are found, each with its line. */
function problemsOf(text: string): string[] {
  try {
    read(text);
    return [];
  } catch (error) {
    const [, ...lines] = String(error).split('\n');
    return lines.map((line) => line.trim());
  }
}

/** The example with one text in place of another, and the line that it stands in. */
function edited(from: string, to: string): { text: string; line: number } {
  const at = source.indexOf(from);
  if (at < 0) throw new Error(`The example has no "${from}"`);
  return { text: source.replace(from, () => to), line: source.slice(0, at).split('\n').length };
}

describe('the region file of the example', () => {
  const { directory, settings } = read(source);

  it('is valid, with the four teams and ten municipalities of Västra Nyland', () => {
    expect(directory.bodies.map(({ id }) => id)).to.deep.equal([
      'team:lojo',
      'team:raseborg',
      'team:kyrkslatt',
      'team:esbo',
      'management:vastra-nyland',
      'steering:vastra-nyland',
    ]);
    expect(directory.municipalities).to.have.length(10);
    expect(directory.members.every(({ setBy, removed }) => setBy === 'file' && !removed)).to.equal(true);
    expect(settings.referrals.sources).to.deep.equal([]);
  });

  it('says of meetings what a region that says nothing has too', () => {
    expect(settings.meetings).to.deep.equal(meetingSettings.parse({}));
    expect(settings.agendas).to.deep.equal(agendaSettings.parse({}));
  });

  it('seats every party of the agreement in the steering group: a member, of all but the managers with a substitute', () => {
    const seats = membersOf(directory, bodyId('steering:vastra-nyland'));
    for (const { id, kind } of directory.parties) {
      const theirs = seats.filter(({ party }) => party === id).map(({ role }) => role);
      expect(theirs.toSorted(), id).to.deep.equal(kind === 'management' ? ['leader'] : ['member', 'substitute']);
    }
    expect(seats.filter(({ party }) => party === undefined)).to.deep.equal([]);
  });

  it('has the people, the tenant and the chat that the Playground has', () => {
    const person = z.looseObject({ aadObjectId: z.string(), name: z.string() });
    const playground = z
      .looseObject({
        tenantId: z.string(),
        currentUser: person,
        users: z.array(person).length(5),
        groupChat: z.looseObject({ id: z.string() }),
      })
      .parse(parse(readFileSync('.m365agentsplayground.yml', 'utf8')));
    expect(directory.tenant).to.equal(playground.tenantId);
    expect(bodyOfChat(directory, conversationId(playground.groupChat.id))?.id).to.equal(lojo);
    const inPlayground = [playground.currentUser, ...playground.users].map(({ aadObjectId, name }) => ({
      id: personId(aadObjectId),
      name,
    }));
    expect(directory.people.slice(0, 6)).to.deep.equal(inPlayground);
    expect(membersOf(directory, lojo).map(({ person: id }) => id)).to.have.members(
      inPlayground.slice(0, 5).map(({ id }) => id),
    );
    expect(membersOf(directory, lojo)[0]).to.deep.include({ person: inPlayground[0]?.id, role: 'leader' });
  });

  it('covers all four professions in Lojo, and gives every team a contact in three languages', () => {
    expect(new Set(membersOf(directory, lojo).map(({ profession }) => profession))).to.deep.equal(
      new Set(['social', 'health', 'police', 'youth']),
    );
    for (const { id, kind } of directory.bodies) {
      const contact = bodyOf(directory, id)?.contact;
      if (kind === 'team') expect(Object.values(contact ?? {}).filter(Boolean), id).to.have.length(3);
      else expect(contact, id).to.equal(null);
    }
  });
});

describe('a region file with mistakes', () => {
  const mistakes: Record<string, [from: string, to: string, problem: RegExp]> = {
    'a code in small letters': ['code: LOJ', 'code: loj', /teams\.0\.code: two to five capital letters/],
    'a tenant that is no GUID': [
      'tenant: a0000000-0000-4000-8000-000000000001',
      'tenant: lojo',
      /tenant: a tenant id \(GUID\)/,
    ],
    'a key that nobody knows': ['timeZone: Europe/Helsinki', 'timezone: Europe/Helsinki', /Unrecognized key/],
    'a time zone that there is not': ['timeZone: Europe/Helsinki', 'timeZone: Europe/Lojo', /timeZone: a time zone/],
    'a time that there is not': ['start: "08:00"', 'start: "8"', /workingHours\.start: a time such as/],
    'a day that ends before it starts': ['end: "16:00"', 'end: "07:00"', /workingHours: the working day must end/],
    'more professions than there are': [
      'professionsNeeded: 2',
      'professionsNeeded: 5',
      /referrals\.triage\.professionsNeeded/,
    ],
    'a member who is not among the people': [
      'person: petri, profession',
      'person: nobody, profession',
      /teams\.0\.members\.1\.person: no person "nobody"/,
    ],
    'a member of a team without a profession': [
      '{ person: petri, profession: police }',
      '{ person: petri }',
      /teams\.0\.members\.1: a team member needs a profession/,
    ],
    'a member who is there twice': [
      '{ person: petri, profession: police }',
      '{ person: maria, profession: police }',
      /teams\.0\.members\.1\.person: "maria" is there twice/,
    ],
    'a municipality that is not listed': [
      '[lojo, hogfors, vihtis]',
      '[lojo, hogfors, vihtis, helsingfors]',
      /teams\.0\.municipalities\.3: no municipality "helsingfors"/,
    ],
    'a municipality of two teams': [
      '[raseborg, hango, inga]',
      '[raseborg, hango, inga, lojo]',
      /teams\.1\.municipalities\.3: "lojo" already belongs to team "lojo"/,
    ],
    'a team’s code that is there twice': ['code: RAS', 'code: LOJ', /teams\.1\.code: "LOJ" is there twice/],
    'a name that lacks a language': ['fi: Lohjan ankkuritiimi, en', 'en', /teams\.0\.name\.fi/],
    'a source that is there twice': [
      'sources: []',
      `sources:${`\n    - { name: skolan, keyHash: "sha256:${'0'.repeat(64)}" }`.repeat(2)}`,
      /referrals\.sources\.1\.name: "skolan" is there twice/,
    ],
    'a key of a source that is not hashed': [
      'sources: []',
      'sources:\n    - { name: skolan, source: school, keyHash: "hemlig" }',
      /referrals\.sources\.0\.keyHash: "sha256:"/,
    ],
  };
  for (const [name, [from, to, problem]] of Object.entries(mistakes)) {
    it(`is refused for ${name}, with the line`, () => {
      const { text, line } = edited(from, to);
      const problems = problemsOf(text);
      expect(problems, name).to.have.length.at.least(1);
      const found = problems.find((one) => problem.test(one));
      expect(found, problems.join('\n')).to.be.a('string');
      const said = Number(/^line (\d+):/.exec(found ?? '')?.[1]);
      // A key that nobody knows is a problem of the mapping that holds it; a source stands a line below its list.
      if (/Unrecognized/.test(problem.source)) expect(said).to.be.at.least(1);
      else expect(said).to.equal(line + (to.split('\n').length - 1));
    });
  }

  it('is refused for a municipality that no team serves', () => {
    const { text } = edited('[lojo, hogfors, vihtis]', '[lojo, hogfors]');
    expect(problemsOf(text)).to.deep.equal(
      ['line 45: municipalities.2: no team serves "vihtis"'].map((expected) =>
        expected.replace('45', String(source.slice(0, source.indexOf('{ id: vihtis')).split('\n').length)),
      ),
    );
  });

  it('is refused for a chat that belongs to two bodies', () => {
    const { text } = edited(
      'municipalities: [raseborg, hango, inga]',
      'municipalities: [raseborg, hango, inga]\n    chat: 19:lojo-ankarteam@thread.v2',
    );
    expect(problemsOf(text).join()).to.match(/teams\.1\.chat: this chat already belongs to another body/);
  });

  it('is told all its mistakes at once, and the name of the file', () => {
    const text = source
      .replace('code: LOJ', 'code: loj')
      .replace('code: RAS', 'code: ras')
      .replace('professionsNeeded: 2', 'professionsNeeded: 9');
    expect(problemsOf(text)).to.have.length(3);
    expect(() => read(text)).to.throw(/^The region file region\.yaml has 3 problem\(s\)/);
  });

  it('is refused with the line when it is no YAML, or something else than a region', () => {
    expect(problemsOf('id: lojo\nname: { sv: Lojo\nfoo')).to.satisfy(
      (problems: string[]) => problems.every((one) => /^line \d+: /.test(one)) && problems.length > 0,
    );
    for (const text of ['', '[]', 'just words', '42']) expect(problemsOf(text), text).to.not.be.empty;
  });
});
