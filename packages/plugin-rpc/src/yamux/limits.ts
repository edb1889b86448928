/** Bytes that a stream's sender may have on the way before its reader takes some; Go's default and its maximum. */
export const WINDOW = 262_144

/** Taken bytes are granted again once they are this many, as Go does. */
export const GRANT = WINDOW / 2

/** Streams that were opened and not taken up yet, on either side; more are refused. */
export const BACKLOG = 256

/** Streams of the other end that may live at once; each may have a window of bytes waiting here. */
export const MAX_STREAMS = 512

/** Data waits when this many bytes have not left for the socket yet. */
export const UNSENT_DATA = 1_048_576

/** An end that makes us answer (pings, grants) and reads none of it is given up at this many bytes. */
export const UNSENT_ANYTHING = 4_194_304

/** Milliseconds between pings, and until one must be answered. */
export const PING_INTERVAL = 30_000
export const PING_TIMEOUT = 10_000

/** Milliseconds that a stream closed here waits for the other end to close it too. */
export const CLOSE_TIMEOUT = 300_000
