import { certificateSchema } from './certificateSchema.ts';
import type { Schema } from './forms.ts';
import { backupSchema, blockSchema, equivocationSchema, reportSchema } from './otherSchemas.ts';
import { auditReportSchema } from './reportSchema.ts';
import { traceProofSchema } from './traceProofSchema.ts';
import { trustSchema } from './trustSchema.ts';

/** Every published schema by the name of its file in `public/schema`. */
export const schemas: Readonly<Record<string, Schema>> = {
  'certificate-1.json': certificateSchema,
  'trust-1.json': trustSchema,
  'evm-block-1.json': blockSchema,
  'equivocation-1.json': equivocationSchema,
  'trace-proof-1.json': traceProofSchema,
  'report-1.json': auditReportSchema,
  'browser-backup-1.json': backupSchema,
  'check-report.json': reportSchema,
};

export const schemaFolder = new URL('../../../public/schema/', import.meta.url);

export function schemaText(schema: Schema): string {
  return `${JSON.stringify(schema, null, 1)}\n`;
}
