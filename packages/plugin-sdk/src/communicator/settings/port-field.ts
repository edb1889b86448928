import { config } from '../../config/config.ts'

const HIGHEST_PORT = 65_535

/** A port; 0 is one that is not given, as in Go. */
export function port(fallback: number) {
  return optionalPort().default(fallback)
}

/** A port that has its default elsewhere. */
export function optionalPort() {
  return config.number().integer().between(0, HIGHEST_PORT)
}

/** Whether a text is the number of a port. */
export function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) > 0 && Number(text) <= HIGHEST_PORT
}
