import { mkdir, writeFile } from 'node:fs/promises';
import { schemaFolder, schemas, schemaText } from './schemas.ts';

/** `npm run schema`: writes the JSON Schemas that the site publishes; the formats that are no JSON are in `affidavit.cddl` beside them. */
await mkdir(schemaFolder, { recursive: true });
for (const [name, schema] of Object.entries(schemas)) {
  await writeFile(new URL(name, schemaFolder), schemaText(schema));
}
