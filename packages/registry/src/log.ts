import { type Logger, pino, stdTimeFunctions } from 'pino'

/** The least that is logged; `silent` logs nothing. */
export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug'

/** Lines of JSON on stderr. What carries a secret or a token is never given to it. */
export function createLog(level: LogLevel): Logger {
  return pino({ level, base: null, timestamp: stdTimeFunctions.isoTime }, process.stderr)
}
