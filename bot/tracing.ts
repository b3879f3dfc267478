/** The steps of a request: it comes in, its activity is handled, its verb answered, the store asked, the chats told. */
export type SpanName = 'request' | 'turn' | 'action' | 'store' | 'send';

/** What a span may say of itself: words of ours out of closed lists, never what came from outside. */
export type SpanAttributes = Readonly<Partial<Record<'route' | 'activity' | 'verb' | 'kind' | 'operation', string>>>;

/** Traces of requests; there is none, and nothing of it is loaded, unless a collector is configured. */
export interface Tracing {
  /** Does the work as a span below the one that it is called in, also when that one has ended. */
  span<R>(name: SpanName, attributes: SpanAttributes, work: () => Promise<R>): Promise<R>;
  /** Sends what is left, within a second. */
  stop(): Promise<void>;
}

export function spanned<R>(
  tracing: Tracing | null,
  name: SpanName,
  attributes: SpanAttributes,
  work: () => Promise<R>,
): Promise<R> {
  return tracing ? tracing.span(name, attributes, work) : work();
}
