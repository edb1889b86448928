/** What can go wrong between here and a machine with WinRM. */
export type WinRMErrorCode =
  /** The machine refused the user name or the password, or the kind of authentication. */
  | 'unauthorized'
  /** No connection, or it ended in the middle. */
  | 'unreachable'
  /** The machine said no, in a SOAP fault: see `fault`. */
  | 'fault'
  /** What came is no WinRM. */
  | 'protocol'
  /** A file or directory could not be copied. */
  | 'file'
  /** The machine did not become available in time. */
  | 'timeout'

/** A machine's refusal, as WS-Management has it. */
export interface WinRMFault {
  /** Windows' number for it, such as 2150858793; undefined where it gave none. */
  readonly code: number | undefined
  /** As `w:TimedOut`, without its prefix. */
  readonly subcode: string | undefined
}

/** A failure of WinRM. */
export class WinRMError extends Error {
  override readonly name = 'WinRMError'
  readonly code: WinRMErrorCode
  readonly fault: WinRMFault | undefined

  constructor(
    code: WinRMErrorCode,
    message: string,
    { cause, fault }: { readonly cause?: unknown; readonly fault?: WinRMFault } = {},
  ) {
    super(message, cause === undefined ? {} : { cause })
    this.code = code
    this.fault = fault
  }
}
