// A service that does not care for being asked: it ignores SIGTERM, SIGINT and the closing of its channel.
process.on('SIGTERM', () => {});
process.on('SIGINT', () => {});
process.on('disconnect', () => {});
setInterval(() => {}, 60_000);
process.stdout.write('up\n');
