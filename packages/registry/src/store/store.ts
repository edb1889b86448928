/** The one door to the rows. */
export interface Store {
  /** Waits for what was accepted, and closes. */
  close(): Promise<void>
}
