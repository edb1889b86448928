import type { GeneratedData } from '@ingot/plugin-rpc'
import type { StateBag } from './state-bag.ts'

/**
 * Adds to what provisioners read as `build.NAME`. The step that connects tells `Host`, `Port`, `User`, `Password`,
 * `ConnType` and the like in this way.
 */
export function putData(state: StateBag, data: GeneratedData): void {
  state.put('generated_data', { ...state.getOk('generated_data'), ...data })
}
