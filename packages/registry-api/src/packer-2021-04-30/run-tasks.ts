import { operation } from '../operation.ts'
import { given, object, string } from '../schema.ts'
import { project } from './project-path.ts'

/** Address and key to enter in HCP Terraform. The task type in use is `validation`. */
export const getRegistryTFCRunTaskAPI = operation({
  id: 'PackerService_GetRegistryTFCRunTaskAPI',
  plane: 'packer-2021-04-30',
  method: 'GET',
  path: `${project}/runtasks/:task_type`,
  reply: object({ api_url: string, hmac_key: string }),
  seenFrom: ['terraform-provider-hcp'],
})

/** The old key is invalid at once. */
export const regenerateTFCRunTaskHmacKey = operation({
  id: 'PackerService_RegenerateTFCRunTaskHmacKey',
  plane: 'packer-2021-04-30',
  method: 'PATCH',
  path: `${project}/runtasks/hmac`,
  body: given({}),
  reply: object({ hmac_key: string }),
  seenFrom: ['terraform-provider-hcp'],
})
