import type { Delivery, Notice } from './model.ts';

/** A delivery as it was stored before notices carried the moment at which they were made. */
type Undated = Omit<Delivery, 'notices'> & { notices: (Omit<Notice, 'at'> & Partial<Pick<Notice, 'at'>>)[] };

/** Dates them by the alarm of their document, which was set when they were made or last tried. */
function dated(delivery: Undated): Delivery {
  const at = delivery.wakeAt ?? new Date(0).toISOString();
  return { ...delivery, notices: delivery.notices.map((notice) => ({ ...notice, at: notice.at ?? at })) };
}

/** From schema 1 to 2 of every kind that delivers something. */
export function withDatedNotices<T extends { delivery: Delivery }>(data: T): T {
  return { ...data, delivery: dated(data.delivery) };
}
