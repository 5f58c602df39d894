new AntBuilder().touch(file: 'hostile-marker')
