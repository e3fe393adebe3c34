// A service that says when it is up and runs until it is told to end.
process.on('SIGTERM', () => process.exit(0));
process.on('disconnect', () => process.exit(0));
setInterval(() => {}, 60_000);
process.stdout.write('up\n');
