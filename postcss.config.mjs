/** Tailwind 4 is the only step between our style sheet and the browser's. */
export default { plugins: { '@tailwindcss/postcss': {} } };
