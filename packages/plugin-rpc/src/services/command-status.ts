/** The status of a command whose own is not known, as Go's communicators report it. */
export const STATUS_LOST = 123

/** Bytes on the stream that tells how a command ended; the one value there takes about fifty. */
export const MAX_STATUS_BYTES = 4_096
