/** Bytes of a JSON request body. The hosted service takes between 1.4 and 7 MB. */
export const MAX_BODY = 4 * 1024 * 1024
/** Bytes of a token request. */
export const MAX_FORM = 16 * 1024
/** Bytes of a request's line and headers together: names of a bucket, version or channel travel in the line. */
export const MAX_HEADERS = 16 * 1024
/** How deep the JSON of a body may be nested. */
export const MAX_JSON_DEPTH = 64
/** Bytes of an over-large body that are still read, so that the sender gets to see the refusal. */
export const MAX_DRAIN = 64 * 1024 * 1024
/** Milliseconds for the whole of a request to arrive. */
export const REQUEST_TIMEOUT = 60_000
/** Milliseconds for its headers to arrive. */
export const HEADERS_TIMEOUT = 15_000
/** Milliseconds that an idle connection is kept: longer than the 60 s of usual load balancers. */
export const KEEP_ALIVE = 75_000
/** Open connections; further ones are dropped. */
export const MAX_CONNECTIONS = 10_000
/** Milliseconds that a stopping server waits for the requests in flight. */
export const STOP_GRACE = 10_000
