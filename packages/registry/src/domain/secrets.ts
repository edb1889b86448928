/** Derives secrets that must be told again later, so that none of them is stored. */
export interface Secrets {
  /** 64 hexadecimal digits: the same for the same words, and nothing that other words tell about. */
  derive(...words: readonly string[]): string
}
