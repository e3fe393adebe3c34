/** In place of error-stack-parser, with which Refine's devtools find out where a hook was called. There are no devtools in a build. */
export default { parse: () => [] };
