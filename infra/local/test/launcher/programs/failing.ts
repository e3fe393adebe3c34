// A service that cannot start and says why.
process.stderr.write('the configuration is wrong\n');
process.exit(3);
