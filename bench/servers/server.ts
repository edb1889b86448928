/** A server process on this machine that speaks HTTPS for `localhost`. */
export interface Server extends AsyncDisposable {
  readonly pid: number
  readonly port: number
  /** The certificate of its authority, in PEM. */
  readonly ca: string
}
