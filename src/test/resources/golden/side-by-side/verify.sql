SELECT counts FROM kept;
