import type { RemoteMachine } from '../remote-machine.ts'

/** A machine that is reached by SSH. */
export interface SshMachine extends RemoteMachine, AsyncDisposable {
  /** Ends the connection; what runs over it is told that it has been disconnected. */
  close(): Promise<void>
}
