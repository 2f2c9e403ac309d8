/**
 * The tag of a version, as openapi.yaml has it: 1 to 64 characters, no control characters, no white space at either
 * end.
 */
export const TAG = /^(?!\s)[^\p{Cc}\p{Zl}\p{Zp}]{1,64}(?<!\s)$/u;
