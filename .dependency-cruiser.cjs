/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = { forbidden: [], options: {} };
