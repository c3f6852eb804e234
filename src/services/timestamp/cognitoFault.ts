import { AuditorError } from '../../core/verdict/auditorError.ts';
import { faultCode } from '../process/ioFault.ts';

/** The names by which Amazon Cognito and the SDK say "not now". */
const passingNames = new Set([
  'TooManyRequestsException',
  'ThrottlingException',
  'LimitExceededException',
  'InternalErrorException',
  'ServiceUnavailable',
  'TimeoutError',
  'RequestTimeout',
  'NetworkingError',
]);

const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
]);

const advice: Readonly<Record<string, string>> = {
  CredentialsProviderError: 'no AWS credentials were found',
  UnrecognizedClientException: 'the AWS credentials are not valid',
  InvalidSignatureException:
    "the request's signature was refused; this machine's clock or its AWS credentials are wrong",
  ExpiredTokenException: 'the AWS session has ended; log in again',
  AccessDeniedException:
    'the AWS identity may not use the user pool; it needs AdminCreateUser, AdminSetUserPassword and AdminDeleteUser',
  ResourceNotFoundException: 'the user pool or its app client does not exist',
  NotAuthorizedException: 'the login was refused; the app client must allow ALLOW_USER_PASSWORD_AUTH',
  InvalidParameterException:
    'a parameter was refused; the pool must take e-mail addresses as user names, the app client must allow ALLOW_USER_PASSWORD_AUTH',
};

/** Whether the fault has that name. The service sends names with a namespace before a `#`; the SDK takes it off. */
export function hasName(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}

/** Whether trying again may help: throttling, faults of the service, faults of the network. */
export function isPassing(error: unknown): boolean {
  if (error instanceof AuditorError) return error.code === 'TIMESTAMP_UNREACHABLE';
  if (!(error instanceof Error)) return false;
  const { $retryable, $metadata } = error as { $retryable?: unknown; $metadata?: { httpStatusCode?: number } };
  if ($retryable || passingNames.has(error.name)) return true;
  if (($metadata?.httpStatusCode ?? 0) >= 500) return true;
  return networkCodes.has(faultCode(error) ?? faultCode(error.cause) ?? '');
}

/** A fault of the service in words; an AuditorError comes back as it is. */
export function cognitoFault(error: unknown): AuditorError {
  if (error instanceof AuditorError) return error;
  const name = error instanceof Error ? error.name : 'Error';
  const message = error instanceof Error ? error.message || (faultCode(error) ?? name) : String(error);
  if (isPassing(error)) {
    const said = `The timestamp service did not answer as often as it was asked: ${name}: ${message}`;
    return new AuditorError('source', 'TIMESTAMP_UNREACHABLE', said, { cause: error });
  }
  const reason = advice[name] === undefined ? '' : `${advice[name]}. `;
  return new AuditorError(
    'source',
    'TIMESTAMP_REFUSED',
    `The timestamp service refused: ${reason}${name}: ${message}`,
    {
      cause: error,
    },
  );
}
