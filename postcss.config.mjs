/** Tailwind 4 is the only step between our style sheet and the browser's. */
const config = { plugins: { '@tailwindcss/postcss': {} } };

export default config;
