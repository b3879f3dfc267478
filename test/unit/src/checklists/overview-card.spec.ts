import { expect } from 'chai';
import type { BodyFigures } from '../../../../src/checklists/listing.ts';
import { overviewCard } from '../../../../src/checklists/lists-card.ts';
import type { Progress } from '../../../../src/checklists/standing.ts';
import type { Body } from '../../../../src/directory/model.ts';
import { type BodyId, bodyId } from '../../../../src/shared/ids.ts';
import { textsFor } from '../../../../src/shared/text.ts';
import { exampleDirectory, lojo } from '../../../support/builders.ts';
import { inAll } from '../../../support/checklists.ts';
import { isFields } from '../../../support/teams/world.ts';

const sv = textsFor('sv');
const directory = exampleDirectory();
const [body] = directory.bodies.filter(({ id }) => id === lojo);

const progress = (over: Partial<Progress>): Progress => ({
  total: 0,
  open: 0,
  waiting: 0,
  done: 0,
  notApplicable: 0,
  overdue: 0,
  ...over,
});

/** Of every bar: the names of its parts and their values. */
function barsOf(...all: Progress[]): unknown[] {
  const lists = all.map((of, at) => ({
    body: lojo,
    id: `own-${at}`,
    title: inAll(`${at}`),
    person: null,
    closed: false,
    progress: of,
  }));
  const card = overviewCard({ bodies: body ? [{ body, lists }] : [], own: [], page: 0 }, sv, directory);
  const charts = card.body.flatMap((part) => (part.type === 'Chart.HorizontalBar.Stacked' ? [part.data ?? []] : []));
  expect(charts.map(({ length }) => length).every((length) => length > 0 && length <= 4)).to.equal(true);
  return charts.flat().map(({ data = [] }) => data.filter(isFields).map(({ legend, value }) => [legend, value]));
}

describe('the chart of the region’s lists', () => {
  const [done, overdue, left] = (['done', 'overdue', 'left'] as const).map((key) => sv(`checklist.overview.${key}`));

  it('has a bar for each list, of all its items: what is settled, what is late, and what is left', () => {
    const some = progress({ total: 23, open: 18, waiting: 2, done: 2, notApplicable: 1, overdue: 4 });
    const fresh = progress({ total: 11, open: 11 });
    expect(barsOf(some, fresh)).to.deep.equal([
      [
        [done, 3],
        [overdue, 4],
        [left, 16],
      ],
      [[left, 11]],
    ]);
  });

  it('has no more bars in one than Teams draws, and none for a list without items', () => {
    const fresh = progress({ total: 11, open: 11 });
    expect(barsOf(...Array.from({ length: 9 }, () => fresh), progress({}))).to.have.length(9);
    expect(barsOf(progress({}))).to.deep.equal([]);
  });
});

describe('the status of the region’s lists', () => {
  const figuresOf = (of: Body, overdue: number): BodyFigures => {
    const title = inAll('List');
    const late = progress({ total: overdue + 1, open: overdue + 1, overdue });
    return { body: of, lists: [{ body: of.id, id: 'startup', title, person: null, closed: false, progress: late }] };
  };
  /** Of every button to the lists of a body: that body, and whether it stands in the menu. */
  const ways = (bodies: readonly BodyFigures[], own: readonly BodyId[]): unknown[] =>
    (overviewCard({ bodies, own, page: 0 }, sv, directory).actions ?? []).flatMap((action) =>
      action.type === 'Action.Execute' && action.verb === 'checklist.list' && isFields(action.data)
        ? [[action.data.body, action.mode === 'secondary']]
        : [],
    );

  it('leads to the lists of each body that its reader belongs to, the most overdue first, and to no other', () => {
    const [first, second, third] = directory.bodies.map((of, at) => figuresOf(of, at));
    if (!first || !second || !third) throw new Error('The example region has too few bodies.');
    const own = [first, second].map((figures) => figures.body.id);
    expect(ways([first, second, third], own)).to.deep.equal([
      [second.body.id, false],
      [first.body.id, false],
    ]);
  });

  it('has the ways beyond what Teams draws in its menu', () => {
    const many = Array.from({ length: 8 }, (_, at) => {
      if (!body) throw new Error('There is no Lojo.');
      return figuresOf({ ...body, id: bodyId(`team:${at}`) }, 0);
    });
    const inMenu = ways(
      many,
      many.map((figures) => figures.body.id),
    ).map((way) => Array.isArray(way) && way[1]);
    expect(inMenu).to.deep.equal([false, false, false, false, false, false, true, true]);
  });
});
