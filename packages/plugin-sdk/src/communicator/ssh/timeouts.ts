/** How long a connection may take to come about: milliseconds. */
export const CONNECT_TIMEOUT = 15_000

/** How long the first exchange and the login may take: milliseconds. */
export const HANDSHAKE_TIMEOUT = 60_000
